/**
 * How long what one exchange teaches may be to be said again with others. Whatever is longer is shown where it stands, and
 * is nobody's name: or one exchange could make every other one as large as itself.
 */

/** Of a URL, in characters: servers take no longer ones. */
export const MAX_URL = 2048

/** Of a name, in characters: a DNS name has at most 253, an e-mail address 254. */
export const MAX_NAME = 300

/** Names of one order that are told with each of its troubles. */
export const MAX_NAMES = 100

/** Of a type of challenge, in characters. */
export const MAX_TYPE = 100

/** Of the value of a TXT record, in characters: a proof has 43, one that names an account some hundred. */
export const MAX_TXT = 4096
