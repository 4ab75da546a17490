/**
 * Surnames of two characters that are still borne (GB/T 28039-2011, 5.1: they are written together). A name of two
 * characters has one before it: 东方 alone is 东 and 方.
 */
const COMPOUND = new Set(
  (
    '欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 ' +
    '仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 亓官 司寇 巫马 公西 颛孙 乐正 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 ' +
    '羊舌 梁丘 左丘 东门 西门'
  ).split(' '),
);

/** Traditional characters of surnames whose readings are known for the simplified ones alone. */
const SIMPLIFIED: Readonly<Record<string, string>> = Object.fromEntries(
  '單单 區区 繆缪 歐欧 陽阳 馬马 東东 獨独 宮宫 萬万 聞闻 諸诸 遲迟 連连 臺台 孫孙 鍾钟 鐘钟 離离 長长 鮮鲜 於于 閭闾 顓颛 樂乐 穀谷 軒轩 轅辕 蓋盖 葉叶'
    .split(' ')
    .map((pair) => Array.from(pair) as [string, string]),
);

/** How names of companies, shops and institutions end. */
const ORGANISATION =
  /(公司|集团|集團|工厂|工廠|厂|廠|店|商社|报社|合作社|农场|商行|银行|銀行|车行|支行|分行|部|医院|学院|法院|研究院|事务所|派出所|馆|館|酒楼|茶楼|中心|协会|協會|商会|基金会|委员会|学校|大学|中学|小学|工作室|超市|市场|餐厅|食堂|机构|平台|政府)$/;

/** Whether a text is the name of a person in Chinese characters, and not of a company or a place. */
export function isPersonsName(text: string): boolean {
  return /^\p{Script=Han}{2,4}$/u.test(text) && !ORGANISATION.test(text);
}

/** A person's name in two parts; the surname in simplified characters. */
export function asSurname(name: string): { surname: string; given: string } {
  const characters = Array.from(name);
  const simplified = characters.map((one) => SIMPLIFIED[one] ?? one);
  const two = simplified.slice(0, 2).join('');
  const length = characters.length > 2 && COMPOUND.has(two) ? 2 : 1;
  return { surname: simplified.slice(0, length).join(''), given: characters.slice(length).join('') };
}
