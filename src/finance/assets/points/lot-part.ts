/** Where the points of a lot can be. `taken-back`: clawed back, adjusted away, or on hold pending review. */
export const LOT_PARTS = ['remaining', 'redeemed', 'expired', 'taken-back'] as const;
export type LotPart = (typeof LOT_PARTS)[number];
