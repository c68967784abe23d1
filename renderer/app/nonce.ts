/** The nonce of this page's style tags. The page's host writes it into `index.html`, a fresh one for each page. */
export const styleNonce: string = document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''

// The scroll lock of dialogs makes a style tag of its own and looks for the nonce under this name.
Object.assign(globalThis, { __webpack_nonce__: styleNonce })
