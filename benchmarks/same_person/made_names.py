"""Names that are made up: common given names, family names of syllables, both as skewed as life.

Guarantee: the short forms here are written apart from those of the rule; some it does not know.
"""

import random
from functools import cache
from itertools import accumulate, product


def _words(text: str) -> list[str]:
    return text.split()


MEN = _words("""
james robert john michael david william richard joseph thomas christopher charles daniel matthew
anthony mark donald steven andrew paul joshua kenneth kevin brian timothy ronald george jason edward
jeffrey ryan jacob nicholas gary eric jonathan stephen larry justin scott brandon benjamin samuel
gregory alexander patrick frank raymond jack dennis jerry tyler aaron jose adam nathan henry zachary
douglas peter kyle noah ethan jeremy walter christian keith austin roger terry sean gerald carl
dylan harold jordan jesse bryan lawrence arthur gabriel bruce logan billy joe alan juan elijah
willie
albert wayne randy mason vincent liam roy ralph bobby russell bradley philip eugene martin marcus
miguel antonio luis carlos manuel marvin dale calvin darren edwin leon theodore clifford otis
""")
WOMEN = _words("""
mary patricia jennifer linda elizabeth barbara susan jessica karen sarah lisa nancy sandra betty
ashley emily kimberly margaret donna michelle carol amanda melissa deborah stephanie rebecca sharon
laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine
christine debra rachel carolyn janet maria olivia heather helen catherine diane julie victoria joyce
lauren kelly christina ruth joan virginia judith evelyn hannah andrea megan cheryl jacqueline
madison
teresa abigail sophia martha sara gloria janice kathryn ann isabella judy charlotte julia grace
amber
alice jean denise frances danielle marilyn natalie beverly diana brittany theresa alexis kayla doris
lori tiffany rosa carmen guadalupe marta irene edith josephine maureen eleanor gwendolyn imogen
""")
SHORT = """
james jim jimmy jamie; robert bob rob bobby; john jack johnny; michael mike mikey; david dave;
william bill will billy liam; richard rick dick rich; joseph joe joey; thomas tom tommy;
christopher chris topher; charles charlie chuck; daniel dan danny; matthew matt; anthony tony;
donald don; steven steve; andrew andy drew; joshua josh; kenneth ken kenny; timothy tim;
ronald ron ronnie; edward ed ted eddie; jeffrey jeff; jacob jake; nicholas nick; jonathan jon;
stephen steve; benjamin ben; samuel sam; gregory greg; alexander alex xander; patrick pat paddy;
raymond ray; nathan nate; henry hank harry; zachary zach; douglas doug; peter pete; gerald gerry;
lawrence larry; arthur art; vincent vince; russell russ; bradley brad; philip phil; eugene gene;
antonio toni; manuel manny; theodore ted theo; clifford cliff; marcus marky; martin marty;
patricia pat trish patty; jennifer jen jenny; elizabeth liz beth betty eliza lilibet; barbara barb;
susan sue susie; jessica jess; margaret meg peggy maggie maisie; amanda mandy; melissa mel;
deborah deb debbie; stephanie steph; rebecca becky becks; cynthia cindy; dorothy dot; kathleen
kathy;
pamela pam; nicole nikki; samantha sam; katherine kate kathy kat; christine chris tina; rachel rach;
catherine cathy kate; victoria vicky tori; christina tina chris; virginia ginny; megan meg;
jacqueline jackie; teresa terry tess; abigail abby gail; kathryn kathy kate; isabella bella;
charlotte lottie charlie; frances fran; theresa terry; danielle dani; natalie nat; josephine jo
josie;
eleanor ellie nora; gwendolyn gwen; guadalupe lupita; kimberly kim; sandra sandy; michelle shelly;
"""
SHORT_FORMS = {words[0]: words[1:] for each in SHORT.split(";") if (words := each.split())}
BEGINNINGS = _words("""
bran cald dor ell fen gar hol kest lor mar nor orm pell quar ros sten tol ulm var wex yar zell brin
crow dask ebb farn grim hask ives jarr kell lind merr
""")
MIDDLES = _words("a e i o u an er il or ast ev")
ENDINGS = _words("""
by ck den field gate ham ing ler man ner pole rick sby ton vane well wick worth yard zen mond stead
brook shaw combe
""")
ACCENTED = {"jose": "josé", "maria": "maría", "martin": "martín", "rosa": "rósa", "luis": "luís"}
ACCENTS = str.maketrans({"a": "á", "e": "é", "o": "ó", "u": "ü"})
FAMILY_SKEW, GIVEN_SKEW = 0.7, 0.75


class Draw:
    """Weighted draws from one list."""

    def __init__(self, words: list[str], skew: float) -> None:
        self._words = words
        self._sums = list(accumulate((place + 1) ** -skew for place in range(len(words))))

    def one(self, by: random.Random) -> str:
        """The first words come most often."""
        return by.choices(self._words, cum_weights=self._sums)[0]


@cache
def family_names() -> list[str]:
    """All that the syllables make, the commonest first: always the same."""
    made = ["".join(each) for each in product(BEGINNINGS, MIDDLES, ENDINGS)]
    longer = ["".join(each) for each in product(BEGINNINGS[:20], MIDDLES, MIDDLES, ENDINGS)]
    names = sorted({*made, *longer})
    random.Random(58).shuffle(names)
    return names
