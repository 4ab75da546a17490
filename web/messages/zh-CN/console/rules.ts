import type en from '../../en/console/rules.js';

const rules: typeof en = {
  notARate: '请填写不超过100的百分数，最多两位小数。',
  discard: '放弃填写的内容',
};

export default rules;
