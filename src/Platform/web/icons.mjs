// The mark: white walls that lean inward, an ochre lintel and a deep red frieze under a blue sky. Drawn once as polygons on a
// grid of 64, written as SVG and, for installers that want bitmaps, rasterised to PNG with 4 × 4 samples a pixel.
import { deflateSync, crc32 } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const shapes = [
  ['#1f5f99', [[0, 0], [64, 0], [64, 64], [0, 64]]],
  ['#fbf7ef', [[16, 22], [48, 22], [54, 54], [10, 54]]],
  ['#7b1e1b', [[15, 15], [49, 15], [50, 23], [14, 23]]],
  ['#d99a2b', [[13, 23], [51, 23], [51, 26], [13, 26]]],
  ['#2a1c16', [[21, 31], [28, 31], [29, 40], [20, 40]]],
  ['#2a1c16', [[36, 31], [43, 31], [44, 40], [35, 40]]],
  ['#d99a2b', [[27, 44], [37, 44], [38, 54], [26, 54]]],
];

const inside = (polygon, x, y) => {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const [xi, yi] = polygon[i];
    const [xj, yj] = polygon[j];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) odd = !odd;
  }
  return odd;
};

const colourAt = (x, y) => {
  for (let i = shapes.length - 1; i > 0; i--) if (inside(shapes[i][1], x, y)) return shapes[i][0];
  return shapes[0][0];
};

const chunk = (type, data) => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

const png = (size) => {
  const rows = Buffer.alloc(size * (size * 3 + 1));
  for (let py = 0, at = 0; py < size; py++) {
    at++;
    for (let px = 0; px < size; px++) {
      const sum = [0, 0, 0];
      for (let s = 0; s < 16; s++) {
        const colour = colourAt(((px + ((s % 4) + 0.5) / 4) * 64) / size, ((py + (Math.floor(s / 4) + 0.5) / 4) * 64) / size);
        for (let c = 0; c < 3; c++) sum[c] += parseInt(colour.slice(1 + 2 * c, 3 + 2 * c), 16);
      }
      for (const channel of sum) rows[at++] = Math.round(channel / 16);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

export const drawIcons = (folder) => {
  const paths = shapes.map(([fill, points]) => `<path fill="${fill}" d="M${points.map((p) => p.join(' ')).join('L')}Z"/>`);
  writeFileSync(join(folder, 'icon.svg'), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${paths.join('')}</svg>\n`);
  for (const size of [192, 512]) writeFileSync(join(folder, `icon-${size}.png`), png(size));
};
