/** The faces of masks: drawn from id, archetype and tone; without a DOM. */
export { type Face, faceOf, type Wearer } from './face-of.ts';
export { faceMarkup, faceSvg } from './face-svg.ts';
export { type Features, featuresOf } from './features.ts';
export { PAIRS, type Pair } from './pairs.ts';
export { type RingStyle, TONE_RINGS } from './tone-ring.ts';
