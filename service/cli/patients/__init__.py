"""``patients``: what a patient may ask for of their own data."""
