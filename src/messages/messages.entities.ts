import { OutgoingMessageEntity } from './outgoing-message.entity.js';

export const messageEntities = [OutgoingMessageEntity];
