import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'react';
import UPlot from 'uplot';

export interface Series {
  label: string;
  values: readonly (number | null)[];
  /** Bars of what was counted, a line of what is a share of it at the right. */
  shape: 'all' | 'part' | 'share';
  /** A value for people, whole in the legend. */
  format: (value: number) => string;
}

interface Props {
  /** For people who do not see; the table beside it has the figures. */
  label: string;
  days: readonly string[];
  series: readonly Series[];
  /** Short, for the axis at the left. */
  short: (value: number) => string;
  dayText: (day: string) => string;
  /** What the legend calls the day that is pointed at. */
  dayLabel: string;
}

const HEIGHT = 240;
// eslint-disable-next-line @typescript-eslint/no-unsafe-enum-assignment -- uPlot's enum has no value where the page runs
const RIGHT: UPlot.Axis['side'] = 1;
const COLOURS = {
  all: '--mantine-color-gray-4',
  part: '--accent',
  share: '--mantine-color-orange-6',
};

/** Every scale has its zero, so that bars and lines can be compared by their height. */
const fromZero: UPlot.Range.Function = (_, min, max) => [Math.min(0, min), Math.max(1, max * 1.05)];

/** A chart over days. Loaded when it is shown. */
export default function Chart({ label, days, series, short, dayText, dayLabel }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const colour = (name: string) => () => getComputedStyle(element).getPropertyValue(name);
    const bars = UPlot.paths.bars?.({ size: [0.7, 40] });
    const dayAt = (seconds: number) => dayText(new Date(seconds * 1000).toISOString().slice(0, 10));
    const text = colour('--mantine-color-text');
    const grid = { stroke: colour('--line'), width: 1 };
    const hasShare = series.some(({ shape }) => shape === 'share');
    const chart = new UPlot(
      {
        width: element.clientWidth,
        height: HEIGHT,
        tzDate: (seconds) => UPlot.tzDate(new Date(seconds * 1000), 'UTC'),
        cursor: { drag: { x: false, y: false } },
        scales: { y: { range: fromZero }, share: { range: fromZero } },
        axes: [
          { stroke: text, grid: { show: false }, values: (_, splits) => splits.map(dayAt), space: 70 },
          { stroke: text, grid, size: 70, values: (_, splits) => splits.map(short) },
          ...(hasShare
            ? [
                {
                  scale: 'share',
                  side: RIGHT,
                  stroke: text,
                  grid: { show: false },
                  size: 60,
                  values: (_: UPlot, splits: number[]) => splits.map(series.at(-1)!.format),
                },
              ]
            : []),
        ],
        series: [
          { label: dayLabel, value: (_, seconds: number | null) => (seconds === null ? '' : dayAt(seconds)) },
          ...series.map(({ label: name, shape, format }) => ({
            label: name,
            scale: shape === 'share' ? 'share' : 'y',
            stroke: colour(COLOURS[shape]),
            fill: shape === 'share' ? undefined : colour(COLOURS[shape]),
            width: shape === 'share' ? 2 : 0,
            paths: shape === 'share' ? undefined : bars,
            points: { show: shape === 'share' },
            value: (_: UPlot, value: number | null) => (value === null ? '–' : format(value)),
          })),
        ],
      },
      [days.map((day) => Date.parse(`${day}T00:00:00Z`) / 1000), ...series.map(({ values }) => [...values])],
      element,
    );
    const fit = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
    fit.observe(element);
    return () => {
      fit.disconnect();
      chart.destroy();
    };
  }, [days, series, short, dayText, dayLabel]);
  return <div ref={place} role="img" aria-label={label} className="chart" />;
}
