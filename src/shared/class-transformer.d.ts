/** Where class-transformer keeps what decorators have said; it has no other way to be asked. */
declare module 'class-transformer/cjs/storage.js' {
  export { defaultMetadataStorage } from 'class-transformer/types/storage.js';
}
