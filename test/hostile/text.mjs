// @ts-check
/** Whether half of a surrogate pair is in it, which UTF-8 cannot say. @param {string} text */
export const hasHalfPair = (text) => /\p{Surrogate}/u.test(text);
