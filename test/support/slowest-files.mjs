/** Tells at the end which ten files took longest, so that what gets slow is seen. */
export default class SlowestFiles {
  onRunComplete(_contexts, { testResults }) {
    if (testResults.length <= 10) return;
    const slowest = testResults
      .map(({ testFilePath, perfStats }) => ({ testFilePath, seconds: perfStats.runtime / 1000 }))
      .sort((a, b) => b.seconds - a.seconds)
      .slice(0, 10);
    const lines = slowest.map(({ testFilePath, seconds }) => {
      return `${seconds.toFixed(1).padStart(7)} s  ${testFilePath.slice(process.cwd().length + 1)}`;
    });
    process.stdout.write(`\nSlowest files:\n${lines.join('\n')}\n`);
  }
}
