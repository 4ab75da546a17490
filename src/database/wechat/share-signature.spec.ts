import { shareSignature } from './share-signature.js';

test('a signature is the one that WeChat’s documentation works out', () => {
  const ticket = 'sM4AOVdWfPE4DxkXGEs8VMCPGGVi4C3VM0P37wVUCFvkVAy_90u5h9nbSlYy3-Sl-HhTdfl2fzFy1AOcHKP7qg';
  const page = { nonce: 'Wm3WZYTPz0wzccnW', timestamp: 1414587457, url: 'http://mp.weixin.qq.com?params=value' };
  expect(shareSignature({ ticket, ...page })).toBe('0f9de62fce790f9a083d5c99e95740ceb90c27ed');
});
