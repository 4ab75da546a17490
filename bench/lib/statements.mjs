// @ts-check
/**
 * The statements that the database is sent while something is done, with their values: by the database's own log, so that a
 * limit can run the very statement that the program runs. Only where the user may switch that log on, as in the embedded one.
 * @param {import('./world.mjs').World} world
 * @param {() => Promise<unknown>} work
 */
export async function statementsOf({ pool, query }, work) {
  await pool.query("SET GLOBAL log_output = 'TABLE'");
  await pool.query('TRUNCATE TABLE mysql.general_log');
  await pool.query('SET GLOBAL general_log = ON');
  try {
    await work();
  } finally {
    await pool.query('SET GLOBAL general_log = OFF');
  }
  const rows = await query(
    "SELECT CONVERT(argument USING utf8mb4) statement FROM mysql.general_log WHERE command_type IN ('Query', 'Execute') ORDER BY event_time",
  );
  return rows.map(({ statement }) => String(statement));
}
