/** Puts the cursor into the search of all recordings. */
export const searchId = 'search-recordings'

export const focusSearch = (): void => document.getElementById(searchId)?.focus()
