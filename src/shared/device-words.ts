import type { PageLanguage } from './page-language.js';

/** What people call a program and a machine, by what their browsers send. The first that fits counts. */
const PROGRAMS: readonly [RegExp, Record<PageLanguage, string>][] = [
  [/MicroMessenger/i, { 'zh-CN': '微信', en: 'WeChat' }],
  [/AlipayClient/i, { 'zh-CN': '支付宝', en: 'Alipay' }],
  [/Edg(e|A|iOS)?\//, { 'zh-CN': 'Edge 浏览器', en: 'Edge' }],
  [/Firefox\/|FxiOS\//, { 'zh-CN': 'Firefox 浏览器', en: 'Firefox' }],
  [/Chrome\/|CriOS\//, { 'zh-CN': 'Chrome 浏览器', en: 'Chrome' }],
  [/Safari\//, { 'zh-CN': 'Safari 浏览器', en: 'Safari' }],
];
const MACHINES: readonly [RegExp, Record<PageLanguage, string>][] = [
  [/iPhone/, { 'zh-CN': 'iPhone', en: 'iPhone' }],
  [/iPad/, { 'zh-CN': 'iPad', en: 'iPad' }],
  [/HarmonyOS|OpenHarmony/, { 'zh-CN': '鸿蒙设备', en: 'a HarmonyOS device' }],
  [/Android/, { 'zh-CN': '安卓设备', en: 'an Android device' }],
  [/Windows/, { 'zh-CN': 'Windows 电脑', en: 'a Windows computer' }],
  [/Macintosh/, { 'zh-CN': 'Mac 电脑', en: 'a Mac' }],
  [/Linux|CrOS/, { 'zh-CN': 'Linux 电脑', en: 'a Linux computer' }],
];
const UNKNOWN: Record<PageLanguage, string> = { 'zh-CN': '未知设备', en: 'an unknown device' };

/** Where a request came from as its sender would say it: “WeChat on iPhone”. */
export function deviceWords(userAgent: string | null): Record<PageLanguage, string> {
  const find = (list: typeof PROGRAMS) => list.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1];
  const [program, machine] = [find(PROGRAMS), find(MACHINES)];
  if (program && machine)
    return { 'zh-CN': `${program['zh-CN']}，${machine['zh-CN']}`, en: `${program.en} on ${machine.en}` };
  return program ?? machine ?? UNKNOWN;
}
