/** The pages that are kept for the hours without network. */
export const pages = ['/day'];
