import { joinPage } from './join-page.js';

test('the page has nothing inline that its policy would stop', () => {
  for (const language of ['zh-CN', 'en'] as const) {
    const html = joinPage(language);
    expect(html).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son[a-z]+=/i);
  }
});
