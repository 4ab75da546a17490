import type en from '../../en/console/contradictions.js';

const contradictions: typeof en = {
  nav: '状态矛盾',
  title: '状态矛盾',
  text: '打款通道告知的状态与账务矛盾。资金不会因此变动，须由人工与银行核实。',
  none: '没有与账务矛盾的状态',
  noneText: '打款失败后银行又告知打款成功，或情况相反时，会列在这里。',
  payout: '打款',
  books: '账务状态',
  bank: '银行状态',
  source: '来源',
  saidAt: '首次告知',
  explanation: '说明',
  settled: '处理结果',
  settle: '处理',
  settleTitle: '处理状态矛盾',
  settleText: '请说明资金的最终去向，例如银行已收回，或已作人工调整。',
  done: '已处理。',
};

export default contradictions;
