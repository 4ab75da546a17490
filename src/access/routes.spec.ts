import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Allow } from './allow.decorator.js';
import { routesOf } from './routes.js';

@Controller('v1/things')
@Allow('admin')
class Things {
  @Get()
  list(): void {}

  @Post(':id/do')
  @Allow('anyone')
  do(@Param('id') _id: string, @Body() _body: object): void {}

  unrouted(): void {}
}

@Controller('v1/open')
class Open {
  @Get()
  list(): void {}
}

describe('the routes of a controller', () => {
  it('are known with the callers of the method, or else of the class', () => {
    expect(routesOf([Things])).toEqual([
      { method: 'GET', path: '/v1/things', callers: ['admin'], takesBody: false },
      { method: 'POST', path: '/v1/things/:id/do', callers: ['anyone'], takesBody: true },
    ]);
  });

  it('stop the start when one does not say who may call it', () => {
    expect(() => routesOf([Things, Open])).toThrow('Open.list does not say with @Allow who may call it');
  });
});
