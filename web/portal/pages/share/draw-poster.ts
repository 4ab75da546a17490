import { modulesOf } from './qr-code.js';

/** What stands on a poster, from top to bottom. */
export interface PosterTexts {
  title: string;
  /** What the product costs whom the merchant brings; null: it is not said. */
  price: string | null;
  /** Crossed out before it; null: it is no other. */
  listPrice: string | null;
  from: string;
  scan: string;
  code: string;
  /** Whose price binds. */
  binding: string | null;
  link: string;
}

const WIDTH = 750;
const HEIGHT = 1120;
const QR_SIDE = 480;
const QR_TOP = 390;
const MARGIN = 60;
const FONTS = 'system-ui, -apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif';

/** Draws a poster, as the address of a picture. */
export function drawPoster({ title, price, listPrice, from, scan, code, binding, link }: PosterTexts): string {
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext('2d')!;
  pen.textAlign = 'center';
  pen.fillStyle = '#087f5b';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#fff';
  write(pen, title, price === null ? 150 : 105, 60, 'bold');
  if (price !== null) writePrices(pen, price, listPrice, 205);
  write(pen, from, price === null ? 250 : 275, 40);
  pen.fillRect(MARGIN, 320, WIDTH - 2 * MARGIN, 740);
  drawQr(pen, link);
  pen.fillStyle = '#16201d';
  write(pen, scan, 940, 36);
  write(pen, code, 1000, 32, 'bold');
  if (binding !== null) {
    pen.fillStyle = '#5c6664';
    write(pen, binding, 1042, 24);
  }
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

/** The list price crossed out, and the price beside it, together in the middle. */
function writePrices(pen: CanvasRenderingContext2D, price: string, listPrice: string | null, y: number): void {
  if (listPrice === null) {
    write(pen, price, y, 72, 'bold');
    return;
  }
  const gap = 24;
  pen.font = `bold 72px ${FONTS}`;
  const wide = pen.measureText(price).width;
  pen.font = `40px ${FONTS}`;
  const narrow = pen.measureText(listPrice).width;
  const left = (WIDTH - wide - gap - narrow) / 2;
  pen.textAlign = 'left';
  pen.fillText(listPrice, left, y);
  pen.fillRect(left, y - 15, narrow, 3);
  pen.font = `bold 72px ${FONTS}`;
  pen.fillText(price, left + narrow + gap, y);
  pen.textAlign = 'center';
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
