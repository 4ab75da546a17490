import { readFileSync } from 'node:fs';
import { Controller, Get, Header, StreamableFile } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Allow } from '../access/index.js';

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>引客 Yinke</title>
<style>
:root { color-scheme: light dark; font: 16px/1.6 system-ui, "PingFang SC", "Microsoft YaHei", sans-serif; }
body { max-width: 40rem; margin: 12vh auto; padding: 0 1.5rem; }
h1 { font-size: 2rem; margin-bottom: 0; }
p { margin: .25rem 0 1.5rem; opacity: .75; }
a { display: flex; justify-content: space-between; padding: .75rem 0; border-top: 1px solid #8884; color: inherit; text-decoration: none; }
a:hover, a:focus-visible { text-decoration: underline; }
</style>
</head>
<body>
<main>
<h1>引客 Yinke</h1>
<p>谁带来顾客，就奖励谁。<br><span lang="en">Rewards for the people who bring shoppers to a shop.</span></p>
<nav>
<a href="/join"><span>推广员注册</span><span lang="en">Join as a merchant</span></a>
<a href="/docs"><span>接口文档</span><span lang="en">API</span></a>
<a href="/queues"><span>任务队列（管理员）</span><span lang="en">Queues (admins)</span></a>
<a href="/readyz"><span>运行状态</span><span lang="en">Status</span></a>
</nav>
</main>
</body>
</html>
`;

@ApiExcludeController()
@Controller()
export class LandingController {
  private readonly icon = readFileSync(new URL('./assets/favicon.ico', import.meta.url));

  /** Where the links are. */
  @Get()
  @Allow('anyone')
  @Header('content-type', 'text/html; charset=utf-8')
  @Header(
    'content-security-policy',
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; frame-ancestors 'none'",
  )
  page(): string {
    return PAGE;
  }

  /** What browsers ask for beside any page. */
  @Get('favicon.ico')
  @Allow('anyone')
  @Header('cache-control', 'public, max-age=86400')
  favicon(): StreamableFile {
    return new StreamableFile(this.icon, { type: 'image/x-icon', length: this.icon.length });
  }
}
