#!/usr/bin/env python3
"""Draws 3,109 polygons with fractal borders (23 MB of GeoJSON, 570,000 vertices), the size of the US county
file, for measuring contiguity: make_polygons.py OUT.geojson. The same bytes each time."""
import random, math, sys
random.seed(4)
cols, rows, n = 57, 55, 3109
def vid(i,j): return (i,j)
P={}
for i in range(cols+1):
    for j in range(rows+1):
        P[(i,j)]=(-124+i*1.0+random.uniform(-.3,.3), 25+j*0.44+random.uniform(-.12,.12))
def fr(a,b,d):
    if d==0: return [a]
    mx=(a[0]+b[0])/2; my=(a[1]+b[1])/2
    dx=b[0]-a[0]; dy=b[1]-a[1]; t=random.uniform(-.12,.12)
    m=(mx-dy*t,my+dx*t)
    return fr(a,m,d-1)+fr(m,b,d-1)
E={}
def edge(p,q):
    if (p,q) in E: return E[(p,q)]
    pts=fr(P[p],P[q],6 if random.random()<.45 else 5)
    E[(p,q)]=pts
    rev=[P[q]]+pts[:0:-1]
    E[(q,p)]=rev
    return pts
out=open(sys.argv[1],'w')
out.write('{"type":"FeatureCollection","features":[\n')
k=0
for i in range(cols):
    for j in range(rows):
        if k>=n: break
        c=[(i,j),(i+1,j),(i+1,j+1),(i,j+1)]
        ring=[]
        for a,b in zip(c,c[1:]+c[:1]): ring+=edge(a,b)
        ring.append(ring[0])
        f=','.join('[%.14f,%.14f]'%p for p in ring)
        out.write(('' if k==0 else ',\n')+'{"type":"Feature","id":"%05d","properties":{"GEOID":"%05d","NAME":"County %d","STATEFP":"%02d","ALAND":%d,"x":%.6f},"geometry":{"type":"Polygon","coordinates":[[%s]]}}'%(k+1,k+1,k,i,k*1000,random.gauss(0,1),f))
        k+=1
out.write('\n]}\n')
