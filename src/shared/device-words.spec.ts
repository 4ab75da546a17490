import { deviceWords } from './device-words.js';

test.each([
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.44 NetType/WIFI Language/zh_CN',
    'WeChat on iPhone',
    '微信，iPhone',
  ],
  [
    'Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36',
    'Chrome on an Android device',
    'Chrome 浏览器，安卓设备',
  ],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36 Edg/120.0.0.0',
    'Edge on a Windows computer',
    'Edge 浏览器，Windows 电脑',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.1 Safari/605.1.15',
    'Safari on a Mac',
    'Safari 浏览器，Mac 电脑',
  ],
  ['curl/8.5.0', 'an unknown device', '未知设备'],
  [null, 'an unknown device', '未知设备'],
])('a sign-in from %j reads %j', (userAgent, en, chinese) => {
  expect(deviceWords(userAgent)).toEqual({ en, 'zh-CN': chinese });
});
