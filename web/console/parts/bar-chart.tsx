import { useEffect, useRef } from 'react';

interface Props {
  /** What each group of bars is of, in the order in which they stand. */
  labels: readonly string[];
  series: readonly { label: string; values: readonly number[] }[];
  /** How an amount reads on the axis. */
  format: (value: number) => string;
  /** For people who do not see; the figures stand in a table beside it. */
  caption: string;
}

const HEIGHT = 260;

/** Bars side by side, drawn by a library that is loaded when the first chart is. */
export function BarChart({ labels, series, format, caption }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let ended = false;
    let destroy: () => void = () => undefined;
    void Promise.all([import('uplot'), import('uplot/dist/uPlot.min.css')]).then(([{ default: UPlot }]) => {
      if (ended) return;
      const style = getComputedStyle(element);
      const colours = [style.getPropertyValue('--accent'), style.getPropertyValue('--chart-second')];
      const ink = style.color;
      const axis = { stroke: ink, grid: { stroke: style.getPropertyValue('--line') } };
      const chart = new UPlot(
        {
          width: element.clientWidth,
          height: HEIGHT,
          legend: { show: true, live: false },
          cursor: { show: false },
          padding: [8, labels.length > 6 ? 40 : 8, 0, 0],
          scales: {
            x: { time: false, range: [-0.6, labels.length - 0.4] },
            // Bars are told by their length, so they begin at zero.
            y: { range: (_plot, _least, most) => [0, Math.max(most, 1) * 1.1] },
          },
          axes: [
            {
              ...axis,
              grid: { show: false },
              splits: () => labels.map((_, at) => at),
              values: (_plot, splits) => splits.map((at) => labels[at] ?? ''),
              rotate: labels.length > 6 ? -40 : 0,
              size: labels.length > 6 ? 80 : 40,
            },
            { ...axis, size: 80, values: (_plot, splits) => splits.map(format) },
          ],
          series: [
            {},
            ...series.map(({ label }, at) => ({
              label,
              fill: colours[at % colours.length],
              stroke: colours[at % colours.length],
              points: { show: false },
              paths: UPlot.paths.bars!({ size: [0.8 / series.length, 60], align: at === 0 ? -1 : 1 }),
            })),
          ],
        },
        [labels.map((_, at) => at), ...series.map(({ values }) => [...values])],
        element,
      );
      const sized = new ResizeObserver(() => chart.setSize({ width: element.clientWidth, height: HEIGHT }));
      sized.observe(element);
      destroy = () => {
        sized.disconnect();
        chart.destroy();
      };
    });
    return () => {
      ended = true;
      destroy();
    };
  }, [labels, series, format]);
  return <div ref={place} role="img" aria-label={caption} style={{ minHeight: HEIGHT }} />;
}
