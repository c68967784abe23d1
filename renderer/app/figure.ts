/** A whole number as it is read: `5,000`. The browser's own formatting takes 20 ms to wake up, which a screen would wait for. */
export const figure = (number: number): string => String(number).replace(/\B(?=(\d{3})+$)/g, ',')
