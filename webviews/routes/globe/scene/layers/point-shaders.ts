/**
 * `look`: radius (CSS pixels) of a middling point, halos (0 or 1), strength of the halos. `shape`: size, glow, tone
 * (of 255), shown.
 */
export const POINT_VERTEX = `
in vec3 place;
in vec4 shape;
uniform vec3 look;
uniform vec3 tones[6];
flat out int tone;
flat out vec4 colour;
flat out vec4 edges;
void main() {
  float front = frontOf(place);
  if (shape.w < 0.5 || front <= 0.0) { gl_Position = NOWHERE; gl_PointSize = 1.0; return; }
  float radius = max(1.0, look.x * sharpness * (0.62 + 0.95 * shape.x) * (0.8 + 0.2 * front));
  // Half a pixel to soften the edge, and the rim around it.
  float rim = min(1.2 * sharpness, radius * 0.35);
  float halo = look.y * smoothstep(0.25, 1.0, shape.y);
  float reach = radius + rim + 0.75 + halo * (radius * 1.9 + 3.0 * sharpness);
  tone = int(shape.z * 255.0 + 0.5);
  float strength = smoothstep(0.0, 0.16, front) * mix(0.62, 1.0, smoothstep(0.0, 0.55, front));
  colour = vec4(tones[tone], strength * mix(0.8, 1.0, shape.y));
  edges = vec4(radius, rim / radius, radius / reach, halo);
  gl_PointSize = 2.0 * reach;
  gl_Position = clipAt(place, vec2(0.0));
}
`;

/** Six shapes of about the same area, as distances in units of the radius. */
export const POINT_FRAGMENT = `
uniform vec4 rim;
uniform vec3 look;
flat in int tone;
flat in vec4 colour;
flat in vec4 edges;
out vec4 drawn;
float distanceTo(vec2 p) {
  vec2 q = abs(p);
  if (tone == 0) return length(p) - 0.88;
  if (tone == 1) return (q.x + q.y - 1.12) * 0.7071;
  if (tone == 2) return max(q.x, q.y) - 0.76;
  if (tone == 4) {
    vec2 turned = abs(vec2(p.x + p.y, p.x - p.y)) * 0.7071;
    return max(min(turned.x, turned.y) - 0.3, max(turned.x, turned.y) - 1.08);
  }
  float y = tone == 3 ? p.y : -p.y;
  return max(q.x * 0.866 + y * 0.5 - 0.56, -y - 0.62);
}
void main() {
  vec2 at = vec2(2.0, -2.0) * (gl_PointCoord - 0.5) / edges.z;
  float away = distanceTo(at);
  float inside = clamp(0.5 - away * edges.x, 0.0, 1.0);
  float around = clamp(0.5 - (away - edges.y) * edges.x, 0.0, 1.0);
  float edge = (around - inside) * rim.a;
  vec3 mixedIn = colour.rgb * inside + rim.rgb * edge;
  float opacity = inside + edge;
  if (edges.w > 0.0) {
    float fade = clamp(1.0 - length(at) * edges.z, 0.0, 1.0);
    float halo = fade * fade * 0.62 * edges.w * look.z * (1.0 - opacity);
    vec3 shine = vec3(0.2 * edges.w * look.z * inside);
    mixedIn += colour.rgb * halo + shine * (1.0 - colour.rgb);
    opacity += halo;
  }
  drawn = vec4(mixedIn, opacity) * colour.a;
}
`;
