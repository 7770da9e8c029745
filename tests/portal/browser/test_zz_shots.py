import pytest, time
from tests.portal.browser.places import go
from tests.portal.browser import test_pages_for_everybody as t
from tests.portal.browser.looks import LOOKS
pytestmark=[pytest.mark.browser]
def test_thumb(site, opened, monkeypatch):
    monkeypatch.setattr(t,"PLACES",["look again","photo missing","ask a person","not affected",*LOOKS])
    t.test_every_control_can_be_hit_by_a_thumb(site,opened)
def test_wide(site, opened, monkeypatch):
    monkeypatch.setattr(t,"PLACES",["look again","photo missing","ask a person","not affected",*LOOKS])
    t.test_nothing_is_wider_than_a_small_phone(site,opened,"en-xa")
def test_long(site, opened, monkeypatch):
    monkeypatch.setattr(t,"PLACES",["look again","photo missing","ask a person","not affected",*LOOKS])
    t.test_no_line_of_running_text_is_long(site,opened)
def test_shots(site, opened):
    for js in (False,True):
        p=opened(java_script_enabled=js) if not js else opened()
        p.goto(f"{site.address}/en/recalls/anker-a1263/check") if not js else None
        if js: go(p,site,"photo unclear")
        else:
            from tests.portal.browser.places import checks,recalled,MISREAD
            checks(p,recalled(site).translate(MISREAD))
        p.screenshot(path=f"/tmp/look2-shots/js-{js}.png",full_page=True)
    p=opened(viewport={"width":1280,"height":800},color_scheme="dark"); go(p,site,"photo unclear"); p.screenshot(path="/tmp/look2-shots/desk-unclear.png",full_page=True)
