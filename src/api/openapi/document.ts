import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { type Caller } from '../../access/index.js';
import { ASSET_FORMS, REDEEMABLE_FORMS } from '../../shared/asset.js';
import { addAccess, SECURITY_SCHEMES } from './access.js';
import { addAnswers } from './answers.js';
import { addExamples } from './examples.js';
import { METHODS, type Operation } from './operation.js';
import { addParameters } from './parameters.js';
import { routesOfApp } from './routes-of-app.js';
import { TAGS } from './tags.js';

const DESCRIPTION = `Rewards for the people who bring shoppers to a shop. Amounts are integers in minor units, times RFC 3339 in UTC,
errors RFC 9457 (\`application/problem+json\`) with a stable \`code\`. Unknown fields are refused.`;

/**
 * The OpenAPI 3.1 document, from what the code says: routes and DTOs by Nest, who may call by \`@Allow\`, errors by what the
 * handlers call (operation-codes.ts), examples by the DTOs. An operation's id is the name of its handler: verb first and
 * unique. \`serverUrl\`: where the API is served.
 */
export function openApiDocument(app: INestApplication, serverUrl: string | null): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Yinke 引客')
    .setDescription(DESCRIPTION)
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addServer(serverUrl ?? '/', serverUrl === null ? 'The server that serves this document' : 'This installation');
  for (const [name, description] of Object.entries(TAGS)) builder.addTag(name, description);
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) builder.addSecurity(name, scheme);
  const document = SwaggerModule.createDocument(app, builder.build(), { operationIdFactory: (_, handler) => handler });
  delete (document.info as Partial<typeof document.info>).contact;
  // In an order of its own, so that a module that moves changes nothing here.
  document.paths = byName(document.paths);
  if (document.components?.schemas) document.components.schemas = byName(document.components.schemas);
  nameAssets(document);
  orderEnums(document);
  tellIntegers(document);
  const operations = operationsOf(document, callersByRoute(app));
  addAccess(operations);
  addParameters(document, operations);
  addAnswers(document, operations);
  addExamples(document, operations);
  return document;
}

function byName<T>(members: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(members).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Descriptions name the kinds of assets by a link, so that a new kind is told of everywhere. */
function nameAssets(node: unknown): void {
  if (node === null || typeof node !== 'object') return;
  if ('description' in node && typeof node.description === 'string')
    node.description = node.description
      .replace('{@link ASSET_FORMS}', sentence(ASSET_FORMS))
      .replace('{@link REDEEMABLE_FORMS}', sentence(REDEEMABLE_FORMS));
  Object.values(node).forEach(nameAssets);
}

/** "A currency, `POINTS` or `COUPON:<template>`." */
function sentence(forms: string): string {
  const text = forms.replace(/[A-Z]{2,}\S*?(?=,| |$)/g, '`$&`');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/** TypeScript orders the members of a union as it came upon them, so elsewhere changed code would change them here. */
function orderEnums(node: unknown): void {
  if (node === null || typeof node !== 'object') return;
  if ('enum' in node && Array.isArray(node.enum)) node.enum.sort();
  Object.values(node).forEach(orderEnums);
}

/** TypeScript has one type of number; every number of the API is an integer. */
function tellIntegers(node: unknown): void {
  if (node === null || typeof node !== 'object') return;
  const schema = node as { type?: unknown };
  if (schema.type === 'number') schema.type = 'integer';
  if (Array.isArray(schema.type))
    schema.type = schema.type.map((type) => (type === 'number' ? 'integer' : type) as unknown);
  for (const member of Object.values(node)) tellIntegers(member);
}

function callersByRoute(app: INestApplication): Map<string, readonly Caller[]> {
  return new Map(
    routesOfApp(app).map(({ method, path, callers }) => [
      `${method} ${path.replace(/:(\w+)/g, '{$1}')}`.toLowerCase(),
      callers,
    ]),
  );
}

function operationsOf(document: OpenAPIObject, callers: ReadonlyMap<string, readonly Caller[]>): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const spec = item[method];
      return spec ? [{ method, path, spec, callers: callers.get(`${method} ${path}`.toLowerCase()) ?? [] }] : [];
    }),
  );
}
