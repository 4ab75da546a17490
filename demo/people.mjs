// @ts-check
/** The people of the demo. Invented, like their account numbers; where a country has IBANs the check digits are right. */

/**
 * @typedef {object} Applicant
 * @property {string} wechatId
 * @property {string} displayName
 * @property {string} [group] given at the review
 * @property {string} [bank] country of the bank account; absent: none given
 * @property {string} [rejected] the reviewer's reason
 */

/** @type {(line: string) => Applicant} */
const applicant = (line) => {
  const [displayName = '', wechatId = '', group, bank, rejected] = line.split('|').map((part) => part.trim());
  return { displayName, wechatId, group: group || undefined, bank: bank || undefined, rejected };
};

/** Forty who are approved, the busiest first, and three who are not. */
export const applicants = `
  林晓梅         | linxiaomei_88   | gold   | CN
  Anna Schmidt   | anna-schmidt    | gold   | DE
  王建国         | wang_jianguo    | gold   | CN
  陈思雨         | Chen_Siyu       | silver | CN
  Liam O'Brien   | liam_obrien     | silver | IE
  张伟           | zhangwei2020    | gold   | CN
  李娜           | lina_shop       |        | CN
  Grace Miller   | grace_miller    | silver | US
  刘洋           | liuyang-tea     | silver | CN
  黄丽华         | huang_lihua     |        |
  Jonas Weber    | jonas_weber     | silver | DE
  赵敏           | zhaomin_520     |        | CN
  周杰           | zhou-jie-sh     | silver | CN
  Claire Muller  | claire_muller   |        | CH
  吴秀英         | wuxiuying       |        | CN
  徐静           | xujing_books    | silver | CN
  Lukas Gruber   | lukas_gruber    |        | AT
  孙浩           | sunhao_hz       |        | CN
  马丽           | mali_kunming    |        | CN
  Noah Thill     | noah_thill      |        | LU
  朱婷           | zhuting_gz      |        | CN
  Emily Clark    | emily_clark     | silver | US
  胡军           | hujun_wuhan     |        | CN
  郭芳           | guofang_tea     |        | CN
  Ben Fischer    | ben_fischer     |        | DE
  何雪           | hexue-1990      |        | CN
  高翔           | gaoxiang_xa     |        | CN
  Aoife Byrne    | aoife_byrne     |        | IE
  罗兰           | luolan_cd       |        | CN
  郑爽           | zhengshuang     |        | CN
  Mia Keller     | mia_keller      |        | CH
  梁勇           | liangyong_fs    |        | CN
  谢婉           | xiewan_music    |        | CN
  Jack Turner    | jack_turner     |        | US
  宋佳           | songjia_tj      |        | CN
  唐嫣然         | tangyanran      |        | CN
  Eva Steiner    | eva_steiner     |        | AT
  许诺           | xunuo_nb        |        | CN
  邓超群         | dengchaoqun     |        | CN
  冯媛           | fengyuan_km     |        | CN
  Best Price!!!  | best_price_88   |        | CN | The name is an advertisement; apply again with your own. 名称含广告，请用本人名称重新申请。
  钱多多         | qianduoduo99    |        |    | The WeChat ID does not answer. 微信号无法联系。
  Max Muster     | max_muster      |        | DE | The account belongs to somebody else. 银行账户不是本人的。
`
  .trim()
  .split('\n')
  .map(applicant);

const BANKS =
  /** @type {Record<string, { town: string, bankName: string, bic: string, number: (serial: number) => string }>} */ ({
    CN: {
      town: 'Shanghai',
      bankName: '示例银行',
      bic: 'SHLICNBJ',
      number: (n) => `62290000${String(34567890123 + n * 7919)}`,
    },
    US: {
      town: 'Boston',
      bankName: 'Sample Savings Bank',
      bic: 'SMPLUS33',
      number: (n) => String(483_201_900 + n * 7919),
    },
    DE: {
      town: 'Köln',
      bankName: 'Beispielbank',
      bic: 'BEISDEFF',
      number: (n) => iban('DE', `12345678${digits(n, 10)}`),
    },
    AT: { town: 'Wien', bankName: 'Musterbank', bic: 'MUSTATWW', number: (n) => iban('AT', `19999${digits(n, 11)}`) },
    CH: { town: 'Zürich', bankName: 'Alpenbank', bic: 'ALPNCHZZ', number: (n) => iban('CH', `09999${digits(n, 12)}`) },
    IE: {
      town: 'Dublin',
      bankName: 'Harbour Bank',
      bic: 'HRBRIE2D',
      number: (n) => iban('IE', `HRBR931152${digits(n, 8)}`),
    },
    LU: {
      town: 'Luxembourg',
      bankName: 'Banque Exemple',
      bic: 'EXEMLULL',
      number: (n) => iban('LU', `001${digits(n, 13)}`),
    },
  });

/**
 * What an applicant says about the bank account.
 * @param {Applicant} applicant
 * @param {number} serial tells two accounts apart
 */
export function bankAccountOf({ bank, displayName }, serial) {
  const found = bank && BANKS[bank];
  if (!found) return undefined;
  const { town, bankName, bic, number } = found;
  return { holder: displayName, town, number: number(serial), bankName, bic, country: bank };
}

/** @param {Pick<Applicant, 'wechatId'>} applicant */
export const emailOf = ({ wechatId }) => `${wechatId.toLowerCase()}@merchants.example`;

/** @param {number} serial @param {number} count */
function digits(serial, count) {
  return String(532_013_000 + serial * 7919)
    .padStart(count, '0')
    .slice(-count);
}

/** An IBAN with its check digits (ISO 13616: 98 − n mod 97). @param {string} country @param {string} bban */
function iban(country, bban) {
  const numerals = [...`${bban}${country}00`].map((character) => parseInt(character, 36)).join('');
  return `${country}${String(98n - (BigInt(numerals) % 97n)).padStart(2, '0')}${bban}`;
}
