import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { isEmail } from 'class-validator';
import { AccessModule, OperatorAdmin } from './access/index.js';
import { problemOf } from './api/edge/problem-document.js';
import { failInOneLine } from './boot.js';
import { ConfigError, loadConfig } from './core/config.js';
import { CoreModule } from './core/core.module.js';
import { Logger } from './core/logger.js';
import { NobodyToWake } from './nobody-to-wake.js';

/** `npm run staff:admin -- person@shop.example`: makes somebody an admin, and says the link by which they choose a password. */
async function makeAdmin(email: string | undefined): Promise<void> {
  if (email === undefined || !isEmail(email) || email.length > 254)
    throw new ConfigError('Say whose: npm run staff:admin -- person@shop.example');
  const config = loadConfig();
  @Module({ imports: [CoreModule.register(config, problemOf), NobodyToWake, AccessModule] })
  class CommandModule {}
  const app = await NestFactory.createApplicationContext(CommandModule, {
    logger: new Logger(config.logLevel),
    abortOnError: false,
  });
  try {
    const { email: address, invitation } = await app.get(OperatorAdmin).make(email);
    const link = invitation?.link ?? null;
    const hint = config.publicUrl === null ? ' It follows the address at which people reach the console.' : '';
    const text =
      link === null
        ? `The link by which they choose a password goes to them by e-mail.`
        : `Hand over this link, by which they choose a password, until ${invitation?.expiresAt ?? ''}:\n\n  ${link}\n\nIt is shown this once.${hint}`;
    process.stdout.write(`${address} is an admin. ${text}\n`);
  } finally {
    await app.close();
  }
}

try {
  await makeAdmin(process.argv[2]);
  process.exit(0);
} catch (error) {
  failInOneLine(error);
}
