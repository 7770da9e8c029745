// Pictures in the browser: a photo made smaller before it is sent, upright, and small ones to show.
const LONGEST_SIDE = 2560;
const QUALITY = 0.85;

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
};

const drawn = (bitmap, longest) => {
  const scale = Math.min(1, longest / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return canvas;
};

// The photo in a size that is sent soon; a kind that this browser cannot open stays as it is.
const smaller = async (file, opened = () => {}) => {
  let bitmap;
  try {
    bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    return file;
  }
  opened(bitmap);
  const canvas = drawn(bitmap, LONGEST_SIDE);
  bitmap.close();
  const made = await new Promise((done) => { canvas.toBlob(done, "image/jpeg", QUALITY); });
  return made ?? file;
};
