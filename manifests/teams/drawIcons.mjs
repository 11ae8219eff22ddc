// Draws the two icons that Teams asks for: `node manifests/teams/drawIcons.mjs`. A relay baton on its way: the product in
// one picture. color.png is 192 x 192 and fills its square; outline.png is 32 x 32, white on nothing, as Teams wants it.
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

const SAMPLES = 6;
const WHITE = [255, 255, 255];

/** The distance of a point from a rod of that radius, and where along it (0 to 1) the point lies. */
function rod(x, y, { from, to, radius }) {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const along = Math.min(1, Math.max(0, ((x - from[0]) * dx + (y - from[1]) * dy) / (dx * dx + dy * dy)));
  const distance = Math.hypot(x - from[0] - along * dx, y - from[1] - along * dy) - radius;
  return { inside: distance <= 0, distance, along };
}

const mix = (a, b, share) => a.map((part, index) => part + (b[index] - part) * share);
const over = (under, colour, alpha) => [...mix(under.slice(0, 3), colour, alpha), 1];

// All in a square of 192.
const BATON = { from: [58, 134], to: [134, 58], radius: 17 };
const STREAKS = [
  { from: [40, 104], to: [66, 78], radius: 5 },
  { from: [60, 160], to: [74, 146], radius: 5 },
  { from: [118, 126], to: [146, 98], radius: 5 },
];
const BANDS = [0.06, 0.16, 0.84, 0.94];

function colourAt(x, y) {
  let pixel = over([0, 0, 0], mix([14, 92, 88], [20, 140, 122], (x + y) / 384), 1);
  for (const streak of STREAKS) if (rod(x, y, streak).inside) pixel = over(pixel, WHITE, 0.45);
  const shadow = rod(x - 3, y - 5, BATON);
  if (shadow.distance < 5) pixel = over(pixel, [4, 40, 40], 0.3 * Math.min(1, (5 - shadow.distance) / 8));
  const baton = rod(x, y, BATON);
  if (!baton.inside) return pixel;
  const isBand =
    (baton.along > BANDS[0] && baton.along < BANDS[1]) || (baton.along > BANDS[2] && baton.along < BANDS[3]);
  const light = 1 - 0.16 * Math.max(0, (x + y - 192) / (BATON.radius * Math.SQRT2 * 2) + 0.5);
  return over(
    pixel,
    (isBand ? [255, 179, 64] : WHITE).map((part) => part * light),
    1,
  );
}

// All in a square of 32.
const LINE = 1.15;
const OUTLINE = { from: [9, 23], to: [23, 9], radius: 4.6 };
const OUTLINE_STREAKS = [
  { from: [4.5, 15], to: [9.5, 10], radius: 0.9 },
  { from: [22.5, 22], to: [27.5, 17], radius: 0.9 },
];

function outlineAt(x, y) {
  const baton = rod(x, y, OUTLINE);
  const isEdge = Math.abs(baton.distance + LINE) <= LINE;
  const isBand = baton.inside && [0.17, 0.83].some((at) => Math.abs(baton.along - at) < 0.055);
  const isStreak = OUTLINE_STREAKS.some((streak) => rod(x, y, streak).inside);
  return [...WHITE, isEdge || isBand || isStreak ? 1 : 0];
}

function draw(size, paint) {
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const at = y * (size * 4 + 1) + 1 + x * 4;
      rows.set(sampled(x, y, paint), at);
    }
  }
  return png(size, rows);
}

function sampled(x, y, paint) {
  const sum = [0, 0, 0, 0];
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const dx = ((i % SAMPLES) + 0.5) / SAMPLES;
    const dy = (Math.floor(i / SAMPLES) + 0.5) / SAMPLES;
    const [red, green, blue, alpha] = paint(x + dx, y + dy);
    sum[0] += red * alpha;
    sum[1] += green * alpha;
    sum[2] += blue * alpha;
    sum[3] += alpha;
  }
  const [red, green, blue, alpha] = sum;
  const whole = alpha === 0 ? [255, 255, 255] : [red / alpha, green / alpha, blue / alpha].map(Math.round);
  return [...whole, Math.round((alpha / (SAMPLES * SAMPLES)) * 255)];
}

function png(size, rows) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND')]);
}

function chunk(name, data = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crcOf(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

function crcOf(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

const folder = dirname(fileURLToPath(import.meta.url));
writeFileSync(join(folder, 'color.png'), draw(192, colourAt));
writeFileSync(join(folder, 'outline.png'), draw(32, outlineAt));
