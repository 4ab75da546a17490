import { pageLanguage } from './page-language.js';

test('the page speaks the language that was asked for, else the browser’s, else Chinese', () => {
  expect(pageLanguage('en', 'zh-CN')).toBe('en');
  expect(pageLanguage('zh', 'en')).toBe('zh-CN');
  expect(pageLanguage(undefined, 'en-GB,en;q=0.9,zh;q=0.8')).toBe('en');
  expect(pageLanguage(undefined, 'de,en;q=0.5,zh-TW;q=0.7')).toBe('zh-CN');
  expect(pageLanguage(undefined, 'en;q=0, fr')).toBe('zh-CN');
  expect(pageLanguage(['en', 'x'], undefined)).toBe('zh-CN');
});
