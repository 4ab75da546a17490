import 'reflect-metadata';
import { createApp } from './api/create-app.js';
import { bootOrExit } from './boot.js';

await bootOrExit(async (config) => {
  const app = await createApp(config);
  await app.listen(config.port, config.host);
  return app;
});
