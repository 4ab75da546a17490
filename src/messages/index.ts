export { MessageDelivery } from './message-delivery.js';
export { MessagesModule } from './messages.module.js';
export { type MessageDraft, Messages } from './messages.js';
export { sealedMessages } from './sealed-messages.js';
export { Outbox } from './outbox.js';
export { type Channel, CHANNELS, OutgoingMessageEntity } from './outgoing-message.entity.js';
