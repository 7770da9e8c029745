// Offers the browser's position in the place of a postal code: rounded to about a kilometre here,
// sent with the form, kept nowhere. Without this script the field is all there is.
const button = document.getElementById("locate");
const form = document.getElementById("place-form");
const said = document.getElementById("located");
const rounded = (degrees) => (Math.round(degrees * 100) / 100).toFixed(2);

if (button && form && navigator.geolocation) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.disabled = true;
    said.textContent = button.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.latitude.value = rounded(coords.latitude);
        form.elements.longitude.value = rounded(coords.longitude);
        form.elements.place.value = "";
        form.requestSubmit();
      },
      () => {
        button.disabled = false;
        said.textContent = button.dataset.failed;
        form.elements.place.focus();
      },
      { enableHighAccuracy: false, timeout: 15_000, maximumAge: 600_000 },
    );
  });
}
