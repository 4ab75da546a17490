import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants';
import { RouteParamtypes } from '@nestjs/common/enums/route-paramtypes.enum';
import { CALLERS } from './allow.decorator.js';
import type { Caller } from './principal.js';

type Controller = abstract new (...args: never[]) => object;

/** A route as its controller declares it. */
export interface Route {
  method: string;
  /** As the router sees it: `/v1/staff/:id/deactivate`. */
  path: string;
  callers: readonly Caller[];
  /** Whether its handler reads a body. */
  takesBody: boolean;
}

/** Every route of these controllers. Throws an Error that names a route that does not say who may call it. */
export function routesOf(controllers: readonly Controller[]): Route[] {
  return controllers.flatMap((controller) => {
    const bases = paths(Reflect.getMetadata(PATH_METADATA, controller));
    return handlersOf(controller).flatMap(([name, handler]) => {
      const own: unknown = Reflect.getMetadata(PATH_METADATA, handler);
      if (own === undefined) return [];
      const callers = (Reflect.getMetadata(CALLERS, handler) ?? Reflect.getMetadata(CALLERS, controller)) as
        readonly Caller[] | undefined;
      if (!callers || callers.length === 0)
        throw new Error(`${controller.name}.${name} does not say with @Allow who may call it`);
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      const takesBody = readsBody(controller, name);
      return bases.flatMap((base) =>
        paths(own).map((path) => ({ method, path: join(base, path), callers, takesBody })),
      );
    });
  });
}

function readsBody(controller: Controller, handler: string): boolean {
  const parameters = (Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, handler) ?? {}) as Record<string, unknown>;
  return Object.keys(parameters).some((key) => key.startsWith(`${RouteParamtypes.BODY}:`));
}

function handlersOf(controller: Controller): [string, object][] {
  const found = new Map<string, object>();
  for (
    let prototype = controller.prototype as object | null;
    prototype && prototype !== Object.prototype;
    prototype = Object.getPrototypeOf(prototype) as object | null
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name !== 'constructor' && typeof value === 'function' && !found.has(name)) found.set(name, value as object);
    }
  }
  return [...found];
}

function paths(metadata: unknown): string[] {
  return (Array.isArray(metadata) ? metadata : [metadata ?? '']) as string[];
}

function join(base: string, path: string): string {
  const parts = `${base}/${path}`.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}
