/** How the order rain looks: the style sheet's colours, and each size of drop drawn once. */

const style = getComputedStyle(document.documentElement);
const colour = (name) => style.getPropertyValue(name).trim();
const family = style.getPropertyValue('--font').trim();

export const palette = {
  money: colour('--money'),
  name: colour('--text-soft'),
  back: colour('--panel'),
  ground: colour('--line'),
  amountFont: (unit) => `600 ${1.5 * unit}px ${family}`,
  nameFont: (unit) => `400 ${1.05 * unit}px ${family}`,
};

const sprites = new Map();

/** A drop of that size with its trail; drawn again only when the page's unit changes. */
export function dropSprite(size, unit) {
  const key = `${size}/${unit}`;
  let sprite = sprites.get(key);
  if (sprite === undefined) {
    sprite = paint(size, unit);
    sprites.set(key, sprite);
  }
  return sprite;
}

function paint(size, unit) {
  const radius = unit * (0.1 + size * 0.055);
  const trail = unit * (1.2 + size * 0.35);
  const image = document.createElement('canvas');
  image.width = Math.ceil(2 * radius + 2);
  image.height = Math.ceil(trail + 2 * radius + 2);
  const pen = image.getContext('2d');
  const centre = image.width / 2;
  const head = trail + radius;
  const fade = pen.createLinearGradient(0, 0, 0, head);
  fade.addColorStop(0, 'transparent');
  fade.addColorStop(1, palette.money);
  pen.fillStyle = fade;
  pen.beginPath();
  pen.moveTo(centre, 0);
  pen.lineTo(centre + radius, head);
  pen.arc(centre, head, radius, 0, Math.PI);
  pen.closePath();
  pen.fill();
  return { image, centre, head };
}
