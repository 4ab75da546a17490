import { Skeleton, Text } from '@mantine/core';
import { api, client, type Schema } from '../../../api/client.js';
import { amount, isMoney } from '../../../ui/format.js';
import { useLanguage } from '../../../ui/language.js';
import { Moment } from '../../../ui/moment.js';
import { State } from '../../../ui/state.js';
import { AssetAmount, useAssetName } from '../../parts/asset.js';
import { Facts } from '../../parts/facts.js';
import { MerchantName } from '../../parts/merchant-name.js';
import { Note } from '../../parts/note.js';
import { Page } from '../../parts/page.js';
import { useParam } from '../../parts/param.js';
import { Person } from '../../parts/person.js';
import { ProblemNotice } from '../../parts/problem-notice.js';
import { ReasonDialog } from '../../parts/reason-dialog.js';
import { useMay, useMe } from '../../session.js';
import { useWords } from '../../words.js';
import { PageLink } from '../../parts/page-link.js';

type Hold = Schema<'HoldDto'>;

/** One hold: why, how much is left, and the decision of another person. */
export default function HoldPage() {
  const id = useParam('id');
  const words = useWords();
  const { holds: texts, shared } = words.pages;
  const { language } = useLanguage();
  const nameOf = useAssetName();
  const me = useMe();
  const isChecker = useMay('finance-checker');
  const { data, error, refetch } = api.useQuery('get', '/v1/holds/{id}', { params: { path: { id } } });
  if (error && !data) return <ProblemNotice error={error} retry={() => void refetch()} />;
  if (!data) return <Skeleton h={320} maw={1200} />;
  const open = data.state === 'open';
  const minor = open ? data.remaining : data.amount;
  const text = amount(minor, data.asset, language);
  const sum = isMoney(data.asset) ? text : `${text} ${nameOf(data.asset)}`;
  const mayDecide = open && isChecker && data.heldBy !== me.id;
  const broughtBack = data.payout !== null;
  return (
    <Page
      title={texts.holdTitle(sum)}
      actions={
        mayDecide && (
          <>
            <Release hold={data} sum={sum} />
            {!broughtBack && <Void hold={data} sum={sum} />}
          </>
        )
      }
    >
      {open && isChecker && data.heldBy === me.id && <Note title={shared.samePerson}>{texts.ownHold}</Note>}
      {open && !isChecker && <Note>{texts.waitsForChecker}</Note>}
      {mayDecide && broughtBack && <Note>{texts.notVoidable}</Note>}
      <HoldFacts hold={data} />
    </Page>
  );
}

function HoldFacts({ hold }: { hold: Hold }) {
  const words = useWords();
  const { holds: texts, shared } = words.pages;
  const of = (minor: number) => minor !== 0 && <AssetAmount minor={minor} asset={hold.asset} />;
  return (
    <Facts
      items={[
        [shared.state, <State key="state" of="hold" is={hold.state} />],
        [shared.merchant, <MerchantName key="merchant" id={hold.merchant} />],
        [texts.amount, of(hold.remaining)],
        [texts.went, hold.remaining !== hold.amount && of(hold.amount)],
        [texts.refunded, of(hold.refunded)],
        [texts.settled, of(hold.settled)],
        [texts.cause, <State key="cause" of="holdCause" is={hold.cause} />],
        [texts.reason, hold.reason],
        [texts.source, <State key="source" of="holdSource" is={hold.source} />],
        [
          texts.by,
          <span key="by">
            <Person id={hold.heldBy} /> · <Moment at={hold.heldAt} />
          </span>,
        ],
        [texts.reward, hold.reward && <PageLink to={`/rewards/${hold.reward}`}>{texts.see}</PageLink>],
        [texts.payout, hold.payout && <PageLink to={`/reconciliation/payouts/${hold.payout}`}>{texts.see}</PageLink>],
        [
          texts.decidedBy,
          hold.decidedAt !== null && (
            <>
              <Person id={hold.decidedBy} /> · <Moment at={hold.decidedAt} />
            </>
          ),
        ],
        [texts.decisionReason, hold.decisionReason],
      ]}
    />
  );
}

function Release({ hold: { id }, sum }: { hold: Hold; sum: string }) {
  const { holds: texts, shared } = useWords().pages;
  return (
    <ReasonDialog
      label={texts.release}
      confirm={texts.releaseTitle(sum)}
      title={texts.releaseTitle(sum)}
      hint={shared.forTheRecord}
      done={texts.released}
      send={(reason, headers) =>
        client.POST('/v1/holds/{id}/release', { params: { path: { id } }, headers, body: { reason } })
      }
    >
      <Text>{texts.releaseText}</Text>
    </ReasonDialog>
  );
}

function Void({ hold: { id }, sum }: { hold: Hold; sum: string }) {
  const { holds: texts, shared } = useWords().pages;
  return (
    <ReasonDialog
      label={texts.void}
      confirm={texts.voidTitle(sum)}
      title={texts.voidTitle(sum)}
      hint={shared.forTheRecord}
      button={{ variant: 'default' }}
      done={texts.voided}
      send={(reason, headers) =>
        client.POST('/v1/holds/{id}/void', { params: { path: { id } }, headers, body: { reason } })
      }
    >
      <Text>{texts.voidText}</Text>
    </ReasonDialog>
  );
}
