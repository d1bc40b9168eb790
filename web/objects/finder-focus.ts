/** Puts the cursor into the field that finds objects. */
export const FINDER = 'object-finder'

export const focusFinder = (): void => document.getElementById(FINDER)?.focus()
