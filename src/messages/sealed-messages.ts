import { resealTexts, type DataKeys, type SealedTable } from '../core/sealed-tables.js';
import { SealedText } from '../shared/sealed-text.js';
import { MESSAGES_PURPOSE } from './messages.js';

/** The room's tables with sealed columns. */
export function sealedMessages({ dataKeys }: DataKeys): SealedTable[] {
  return [
    {
      name: 'outgoing_message',
      key: ['id'],
      keyIds: { texts: ['content'], oldestBy: 'created_at' },
      reads: ['content'],
      atOnce: 200,
      reseal: resealTexts(new SealedText(dataKeys, MESSAGES_PURPOSE), ['content']),
    },
  ];
}
