/** What a bank writes of one payment. */
export interface BankLine {
  reference: string;
  /** Minor units of CNY. */
  amount: bigint;
  says: 'accepted' | 'failed' | 'bad-account' | 'paid' | 'returned';
}

/** A status report with these lines: accepted or failed. */
export function pain002(messageId: string, lines: readonly BankLine[]): Buffer {
  const rows = lines.map(({ reference, says }) => {
    const code = says === 'accepted' ? '' : says === 'failed' ? 'AM04' : 'AC04';
    const reason = code && `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn></StsRsnInf>`;
    const status = says === 'accepted' ? 'ACSP' : 'RJCT';
    return `<TxInfAndSts><OrgnlEndToEndId>${reference}</OrgnlEndToEndId><TxSts>${status}</TxSts>${reason}</TxInfAndSts>`;
  });
  return document(
    `<CstmrPmtStsRpt><GrpHdr><MsgId>${messageId}</MsgId></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>NONE</OrgnlMsgId>` +
      `</OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>${rows.join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt>`,
  );
}

/** A statement with these lines booked: paid or returned. */
export function camt053(messageId: string, lines: readonly BankLine[]): Buffer {
  const rows = lines.map(({ reference, amount, says }) => {
    const back = says === 'returned';
    const text = `${amount / 100n}.${(amount % 100n).toString().padStart(2, '0')}`;
    return (
      `<Ntry><Amt Ccy="CNY">${text}</Amt><CdtDbtInd>${back ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>` +
      `<NtryDtls><TxDtls><Refs><EndToEndId>${reference}</EndToEndId></Refs>` +
      `${back ? '<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>' : ''}</TxDtls></NtryDtls></Ntry>`
    );
  });
  return document(
    `<BkToCstmrStmt><GrpHdr><MsgId>${messageId}</MsgId></GrpHdr><Stmt>${rows.join('')}</Stmt></BkToCstmrStmt>`,
  );
}

function document(content: string): Buffer {
  return Buffer.from(`<?xml version="1.0" encoding="UTF-8"?><Document>${content}</Document>`);
}
