// Vertical tabs and form feeds, which word processors put between lines.
const OTHER_BREAKS = /\r\n?|[\u000b\u000c\u2028\u2029]/g
const NOT_KEPT = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/gu

/** A text without the signs that nobody sees and no record keeps, as they come along with what is pasted. */
export const plainText = (text: string): string => text.replace(OTHER_BREAKS, '\n').replace(NOT_KEPT, '')
