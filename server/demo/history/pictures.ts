/**
 * Simple drawn pictures for the evidence of a few recent needs, each marked 示例照片. The four characters are outlines of
 * Noto Sans SC Medium (SIL Open Font License 1.1), so that no font need be installed.
 */
import sharp from 'sharp';
import { between, pick, type Random } from '../random.ts';

const width = 960;
const height = 720;

/** 示例照片, each on a field of 100 × 100. */
const sample = [
  'M45 40H55V85Q55 89 54 91Q53 94 50 95Q47 96 42 96Q38 96 31 96Q31 94 30 91Q29 88 28 86Q31 86 34 87Q37 87 39 87Q42 87 43 87Q44 86 45 86Q45 86 45 85ZM22 53 32 56Q29 62 26 67Q23 73 19 78Q15 83 12 87Q11 86 9 85Q8 84 6 83Q4 82 3 82Q9 76 14 69Q19 61 22 53ZM68 56 77 53Q80 57 84 63Q87 68 90 74Q93 79 94 83L84 87Q83 83 81 78Q78 72 75 67Q71 61 68 56ZM15 11H85V20H15ZM6 35H94V44H6Z',
  'M30 9H64V18H30ZM40 12 49 14Q47 23 44 32Q42 41 39 49Q35 57 31 63Q30 62 29 61Q28 60 27 59Q25 58 24 57Q28 52 31 44Q34 38 36 29Q38 21 40 12ZM41 31H57V40H38ZM54 31H56L57 31L63 32Q60 56 53 72Q46 88 34 96Q33 95 32 93Q30 90 28 89Q35 85 41 76Q46 68 49 57Q53 46 54 33ZM36 60 40 54Q43 55 45 57Q48 59 50 61Q52 63 54 64L48 72Q47 70 45 68Q43 66 40 64Q38 62 36 60ZM68 15H76V71H68ZM84 4H93V84Q93 88 92 91Q91 93 88 94Q86 95 82 95Q78 96 72 96Q71 94 70 91Q70 88 69 86Q73 86 77 87Q80 87 82 87Q83 86 84 86Q84 86 84 84ZM20 4 28 6Q26 14 23 23Q19 31 16 38Q12 46 7 51Q7 50 6 48Q5 46 4 44Q4 43 3 41Q8 34 13 24Q17 14 20 4ZM13 31 22 22 22 22V96H13Z',
  'M9 8H18V71H9ZM14 8H39V66H14V57H30V16H14ZM13 32H35V40H13ZM43 8H87V16H43ZM84 8H93Q93 8 93 9Q93 10 93 11Q93 18 92 22Q92 27 91 30Q90 32 89 34Q88 35 86 36Q85 36 83 36Q81 36 78 36Q75 36 71 36Q71 34 71 32Q70 30 69 29Q72 29 75 29Q77 29 78 29Q80 29 80 29Q81 29 81 28Q82 27 83 25Q83 23 84 19Q84 15 84 9ZM59 10H68Q68 16 67 20Q65 25 63 29Q60 32 56 35Q51 38 44 40Q44 38 42 36Q41 34 40 33Q45 32 49 29Q52 27 55 24Q57 21 58 18Q59 14 59 10ZM55 48V61H81V48ZM46 40H90V69H46ZM33 76 42 74Q43 79 44 85Q44 91 45 95L35 96Q35 93 35 90Q35 86 34 83Q34 79 33 76ZM55 75 64 74Q65 77 66 80Q67 84 68 88Q69 91 70 94L60 96Q60 93 59 90Q58 86 57 82Q56 78 55 75ZM75 75 84 72Q86 75 88 79Q91 82 93 86Q95 90 96 92L87 96Q86 94 84 90Q82 86 80 82Q77 78 75 75ZM17 72 26 75Q23 80 20 87Q16 93 13 97L4 93Q6 90 8 87Q11 84 13 80Q15 76 17 72Z',
  'M22 29H90V39H22ZM54 4H64V33H54ZM17 6H27V40Q27 47 27 55Q26 62 24 70Q23 77 19 84Q16 91 11 97Q10 96 8 94Q7 93 6 91Q4 90 3 89Q10 82 12 74Q15 66 16 57Q17 48 17 40ZM22 53H76V96H66V63H22Z',
];

const box = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;
const disc = (x: number, y: number, r: number, fill: string): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}"/>`;
const path = (d: string, fill: string): string => `<path d="${d}" fill="${fill}"/>`;

/** What a picture shows, by what was asked for. */
const scenes: Record<string, (random: Random) => string> = {
  tap: (random) =>
    box(0, 560, width, 160, '#8d99a6') +
    box(300, 120, 90, 300, '#b8c4ce', 'rx="18"') +
    box(300, 220, 330, 80, '#cfd8df', 'rx="30"') +
    box(560, 260, 76, 110, '#b8c4ce', 'rx="16"') +
    box(330, 90, 170, 34, '#4f6d8a', 'rx="17"') +
    path('M575 372h46l14 190h-74z', '#9fd3f0') +
    `<ellipse cx="598" cy="580" rx="${between(110, 170, random)}" ry="34" fill="#bfe4f7"/>`,
  cabin: (random) => {
    const bunk = (x: number): string => {
      const sheet = pick(['#7fa6c9', '#c98f7f', '#8fb58a'], random);
      return (
        box(x, 200, 14, 390, '#6b7785') +
        box(x + 276, 200, 14, 390, '#6b7785') +
        [280, 470]
          .map(
            (y) =>
              box(x, y, 290, 26, '#6b7785') +
              box(x + 14, y - 34, 262, 36, sheet, 'rx="10"') +
              box(x + 22, y - 52, 70, 30, '#f2f2ee', 'rx="12"'),
          )
          .join('')
      );
    };
    return (
      box(0, 590, width, 130, '#b49b7c') +
      box(390, 130, 180, 170, '#dff1fa', 'stroke="#f6f7f8" stroke-width="14"') +
      bunk(70) +
      bunk(600)
    );
  },
  boxes: (random) => {
    const carton = (x: number, y: number): string =>
      box(x, y, 190, 140, pick(['#c8a06a', '#bb935e', '#d2ad7b'], random), 'stroke="#8f6f43" stroke-width="4"') +
      box(x + 80, y, 30, 140, '#e3cda3');
    const rows = between(2, 3, random);
    return (
      box(0, 600, width, 120, '#9aa3a8') +
      Array.from({ length: rows }, (_, row) =>
        Array.from({ length: 4 - row }, (__, i) => carton(80 + row * 100 + i * 200, 460 - row * 144)).join(''),
      ).join('')
    );
  },
  meal: (random) =>
    box(0, 470, width, 250, '#a97f56') +
    [120, 500]
      .map(
        (x) =>
          box(x, 330, 330, 220, '#f4f4f1', 'rx="22" stroke="#cfcfc8" stroke-width="6"') +
          box(x + 22, 352, 150, 176, '#fffdf5', 'rx="12"') +
          disc(x + 240, 395, 48, pick(['#6d9b4e', '#d98b3a', '#c94f3f'], random)) +
          disc(x + 245, 485, 42, pick(['#8c5a3c', '#e0b04e', '#6d9b4e'], random)),
      )
      .join('') +
    [200, 580]
      .map(
        (x) => `<path d="M${x} 290q24 -40 0 -80t0 -80" stroke="#ffffff" stroke-width="10" fill="none" opacity=".7"/>`,
      )
      .join(''),
  truck: (random) =>
    box(0, 540, width, 180, '#7c8288') +
    box(0, 610, width, 10, '#f0e7b0') +
    box(130, 250, 440, 250, pick(['#4f7ca8', '#7a9a5b', '#c0c6cb'], random), 'rx="10"') +
    path('M585 330h130l80 90v80h-210z', '#d8584a') +
    path('M610 350h92l54 64h-146z', '#dff1fa') +
    [230, 450, 690].map((x) => disc(x, 520, 56, '#2f3337') + disc(x, 520, 24, '#c9ced2')).join(''),
};

const sceneOf: Record<string, keyof typeof scenes> = {
  A01: 'meal',
  A02: 'tap',
  A03: 'cabin',
  A04: 'tap',
  A05: 'boxes',
  B01: 'boxes',
  B02: 'boxes',
  B03: 'boxes',
  B05: 'boxes',
  E04: 'cabin',
  E05: 'cabin',
  F02: 'truck',
  F04: 'truck',
};

export const drawable = (category: string): boolean => category in sceneOf;

/** A picture for evidence of this category, as JPEG. */
export async function draw(category: string, random: Random): Promise<Buffer> {
  const sky = pick(['#dbe7ee', '#e9e4d8', '#d6e0d4', '#e6dbdf'], random);
  const words = sample
    .map(
      (d, i) =>
        `<path transform="translate(${width - 300 + i * 68} ${height - 96}) scale(.62)" d="${d}" fill="#ffffff" stroke="#00000055" stroke-width="2"/>`,
    )
    .join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${box(0, 0, width, height, sky)}${scenes[sceneOf[category]!]!(random)}${box(width - 320, height - 104, 320, 80, '#00000066')}${words}</svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 80 }).toBuffer();
}
