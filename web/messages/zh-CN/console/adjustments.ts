import type en from '../../en/console/adjustments.js';

const adjustments: typeof en = {
  nav: '人工调整',
  title: '人工调整',
  text: '更正推广员的余额：一人提出，另一人批准。',
  none: '没有人工调整',
  noneText: '推广员多得或少得时，由制单人提出更正。',
  madeBy: '提出人',
  madeAt: '提出时间',
  decision: '处理结果',
  journal: '凭证',
  propose: '提出人工调整',
  proposeTitle: '提出人工调整',
  direction: '方向',
  give: '增加',
  take: '扣减',
  asset: '种类',
  reasonHint: '永久留存，复核人与推广员都会看到。',
  available: (amount) => `当前可用余额：${amount}`,
  proposed: '已提交复核人决定。',
  approveTitle: (amount, name) => `批准${name}的人工调整${amount}`,
  approveConfirm: (amount) => `批准${amount}`,
  approveText: '批准后立即入账。',
  approved: '人工调整已批准。',
  rejectTitle: (amount) => `驳回${amount}`,
  rejected: '人工调整已驳回。',
  own: '这是您提出的，须由另一位复核人决定。',
};

export default adjustments;
