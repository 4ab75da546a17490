import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { Caller } from './principal.js';
import { routesOf, type Route } from './routes.js';

/** Stops the start when a route does not say who may call it, and knows every route after. */
@Injectable()
export class RouteCheck implements OnModuleInit {
  private byName: ReadonlyMap<string, Route> = new Map();

  constructor(private readonly discovery: DiscoveryService) {}

  onModuleInit(): void {
    const controllers = this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? [metatype] : []));
    const routes = routesOf(controllers as Parameters<typeof routesOf>[0]);
    this.byName = new Map(routes.map((route) => [`${route.method} ${route.path}`, route]));
  }

  get routes(): Route[] {
    return [...this.byName.values()];
  }

  /** Whether a route of ours reads no body. */
  readsNoBody(method: string, path: string): boolean {
    return this.byName.get(`${method} ${path}`)?.takesBody === false;
  }

  /** Who may call a route (`GET`, `/v1/staff/:id`); nobody when there is none. */
  callersOf(method: string, path: string): readonly Caller[] {
    return this.byName.get(`${method} ${path}`)?.callers ?? [];
  }
}
