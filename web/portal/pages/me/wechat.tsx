import { useState } from 'react';
import { api, client } from '../../../api/client.js';
import { Moment } from '../../../ui/moment.js';
import { useAction } from '../../parts/action.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { inWechat } from '../../parts/wechat.js';
import { useMine } from '../../session.js';
import { takeWayBack } from '../../sign-in/way-back.js';
import { useWords } from '../../words.js';
import { ConfirmLink } from './confirm-link.js';

/** Whether a WeChat account signs the merchant in, and how to link or take it off; nothing where the operator has no account there. */
export function Wechat() {
  const texts = useWords().pages.me;
  const { data: methods } = api.useQuery('get', '/v1/merchants/sign-in-methods', {}, { staleTime: Infinity });
  const [back, setBack] = useState(() => takeWayBack('link'));
  if (methods?.wechat !== true) return null;
  return (
    <section className="card stack">
      <h2>{texts.wechat}</h2>
      {back === null ? <Link /> : <ConfirmLink back={back} done={() => setBack(null)} />}
    </section>
  );
}

function Link() {
  const texts = useWords().pages.me;
  const params = useMine();
  const { data } = api.useQuery('get', '/v1/merchants/{id}/wechat', { params });
  const linking = useAction(
    () => client.POST('/v1/merchants/{id}/wechat-authorizations', { params }),
    ({ url }) => location.assign(url),
  );
  const unlinking = useAction(() => client.DELETE('/v1/merchants/{id}/wechat', { params }));
  const error = linking.error ?? unlinking.error;
  if (!data) return null;
  return (
    <>
      {data.linkedAt === null ? (
        <p className="quiet">{texts.wechatNone}</p>
      ) : (
        <p>
          {data.maskedOpenid} · {texts.wechatLinked} <Moment at={data.linkedAt} />
        </p>
      )}
      {error !== null && <ProblemNotice error={error} />}
      {data.linkedAt !== null && (
        <button type="button" disabled={unlinking.pending} onClick={() => void unlinking.run()}>
          {texts.unlinkWechat}
        </button>
      )}
      {data.linkedAt === null && inWechat && (
        <button type="button" className="primary" disabled={linking.pending} onClick={() => void linking.run()}>
          {texts.linkWechat}
        </button>
      )}
      {data.linkedAt === null && !inWechat && <p className="quiet">{texts.wechatElsewhere}</p>}
    </>
  );
}
