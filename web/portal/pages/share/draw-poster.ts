import { modulesOf } from './qr-code.js';

/** What stands on a poster, from top to bottom. */
export interface PosterTexts {
  title: string;
  from: string;
  scan: string;
  code: string;
  link: string;
}

const WIDTH = 750;
const HEIGHT = 1120;
const QR_SIDE = 480;
const QR_TOP = 390;
const MARGIN = 60;
const FONTS = 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Draws a poster, as the address of a picture. */
export function drawPoster({ title, from, scan, code, link }: PosterTexts): string {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d')!;
  pen.textAlign = 'center';
  pen.fillStyle = '#087f5b';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#fff';
  write(pen, title, 150, 60, 'bold');
  write(pen, from, 250, 40);
  pen.fillRect(MARGIN, 320, WIDTH - 2 * MARGIN, 740);
  drawQr(pen, link);
  pen.fillStyle = '#16201d';
  write(pen, scan, 940, 36);
  write(pen, code, 1005, 32, 'bold');
  return canvas.toDataURL('image/png');
}

/** One line in the middle, smaller where it is too long. */
function write(pen: CanvasRenderingContext2D, text: string, y: number, size: number, weight = ''): void {
  pen.font = `${weight} ${size}px ${FONTS}`;
  const room = WIDTH - 3 * MARGIN;
  const { width } = pen.measureText(text);
  if (width > room) pen.font = `${weight} ${Math.floor((size * room) / width)}px ${FONTS}`;
  pen.fillText(text, WIDTH / 2, y);
}

function drawQr(pen: CanvasRenderingContext2D, link: string): void {
  const rows = modulesOf(link);
  const side = Math.floor(QR_SIDE / rows.length);
  const left = Math.floor((WIDTH - side * rows.length) / 2);
  pen.fillStyle = '#000';
  rows.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) pen.fillRect(left + x * side, QR_TOP + y * side, side, side);
    }),
  );
}
