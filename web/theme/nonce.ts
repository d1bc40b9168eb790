/** The nonce of the page's Content-Security-Policy, for the libraries that write style elements. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
