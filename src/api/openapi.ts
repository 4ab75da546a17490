import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';

/** The OpenAPI 3.1 document, from the controllers and DTOs. */
export function openApiDocument(app: INestApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Yinke 引客')
    .setDescription(
      'Rewards for the people who bring shoppers to a shop. Amounts are integers in minor units, times RFC 3339 in UTC, errors RFC 9457.',
    )
    .setVersion('1')
    .addBearerAuth()
    .build();
  return withProblems(SwaggerModule.createDocument(app, options));
}

const PROBLEM = {
  type: 'object',
  required: ['type', 'title', 'status', 'detail', 'code'],
  properties: {
    type: { type: 'string', description: 'A URN with the code.' },
    title: { type: 'string', description: 'The same for every problem of this code.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What it was this time.' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    code: { type: 'string', description: 'Stable: what a program should look at.' },
    errors: {
      type: 'array',
      description: 'Of `request.invalid`: every place that is wrong.',
      items: {
        type: 'object',
        properties: { pointer: { type: 'string', description: 'RFC 6901' }, detail: { type: 'string' } },
      },
    },
  },
};

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Says of every operation that whatever else it answers is a problem document. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const schemas = { ...document.components?.schemas, Problem: PROBLEM };
  for (const path of Object.values(document.paths)) {
    for (const method of METHODS) {
      const responses = path[method]?.responses;
      if (!responses) continue;
      responses.default = {
        description: 'A problem (RFC 9457)',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      };
    }
  }
  return { ...document, components: { ...document.components, schemas } };
}
