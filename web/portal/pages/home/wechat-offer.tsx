import { Link } from '@tanstack/react-router';
import { api } from '../../../api/client.js';
import { inWechat } from '../../parts/wechat.js';
import { useMine } from '../../session.js';
import { useWords } from '../../words.js';

/** In WeChat, offers to sign in without a code from now on; gone once an account is linked. */
export function WechatOffer() {
  const texts = useWords().pages.me;
  const { data: methods } = api.useQuery('get', '/v1/merchants/sign-in-methods', {}, { staleTime: Infinity });
  const offered = inWechat && methods?.wechat === true;
  const { data } = api.useQuery('get', '/v1/merchants/{id}/wechat', { params: useMine() }, { enabled: offered });
  if (!offered || data?.linkedAt !== null) return null;
  return (
    <p className="notice">
      {texts.wechatNone} <Link to="/me">{texts.linkWechat}</Link>
    </p>
  );
}
