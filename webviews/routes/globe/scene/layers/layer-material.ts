import {
  CustomBlending,
  GLSL3,
  type IUniform,
  OneFactor,
  OneMinusSrcAlphaFactor,
  RawShaderMaterial,
} from 'three';
import { EYE_GLSL, type EyeUniforms } from './eye-uniforms.ts';

/** Flat things over the sea, in the order in which they are drawn; colours come premultiplied from the shader. */
export function layerMaterial(
  eye: EyeUniforms,
  uniforms: Record<string, IUniform>,
  vertexShader: string,
  fragmentShader: string,
): RawShaderMaterial {
  return new RawShaderMaterial({
    glslVersion: GLSL3,
    uniforms: { ...eye, ...uniforms },
    vertexShader: EYE_GLSL + vertexShader,
    fragmentShader: `precision highp float;\n${fragmentShader}`,
    depthTest: false,
    depthWrite: false,
    transparent: true,
    blending: CustomBlending,
    blendSrc: OneFactor,
    blendDst: OneMinusSrcAlphaFactor,
  });
}
