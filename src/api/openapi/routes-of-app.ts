import type { INestApplication } from '@nestjs/common';
import { ModulesContainer } from '@nestjs/core';
import { routesOf } from '../../access/index.js';

/** Every route of an application, which need not be started. */
export function routesOfApp(app: INestApplication): ReturnType<typeof routesOf> {
  const modules = [...app.get(ModulesContainer).values()];
  const controllers = modules.flatMap((module) => [...module.controllers.values()].map(({ metatype }) => metatype));
  return routesOf(controllers as Parameters<typeof routesOf>[0]);
}
