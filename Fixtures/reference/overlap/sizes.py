"""How often p values of an overlap reject unrelated fields at 5 %: plain, and by surrogates of the values, of the values dealt by rank, and of normal scores dealt by rank. python3 sizes.py [SEED]"""
import numpy as np, csv, sys
from statistics import NormalDist
FX=__file__.rsplit("/",3)[0]+"/data/hunan/"
L=[list(r.values())[:2] for r in csv.DictReader(open(FX+"queen.csv"))]; ids=sorted({x for l in L for x in l}); ix={c:i for i,c in enumerate(ids)}; n=len(ids); A=np.zeros((n,n))
for a,b in L: A[ix[a],ix[b]]=A[ix[b],ix[a]]=1
H=np.eye(n)-1/n; lam,U=np.linalg.eigh(H@A@H); W=A/A.sum(1,keepdims=True)
B=A+np.eye(n); cnt=B.sum(1); spread=np.sqrt((n*cnt-cnt**2)/(n-1))
def cls(X):  # columns
    z=X-X.mean(0); s=z.std(0); g=(B@z)/(s*spread[:,None]); return np.where(np.abs(g)>=1.645,np.sign(g),0)
def kappa(C,b):
    n_=len(b); po=(C==b[:,None]).mean(0); pe=sum((C==k).mean(0)*(b==k).mean() for k in(-1,0,1)); return np.where(pe<1,(po-pe)/np.where(pe<1,1-pe,1),0)
nd=NormalDist(); sc=np.array([nd.inv_cdf((i+.5)/n) for i in range(n)])
def I(X):
    z=X-X.mean(0); return n/A.sum()*(z*(A@z)).sum(0)/(z**2).sum(0)
def deal(Z,x):
    r=np.argsort(np.argsort(Z,axis=0,kind="stable"),axis=0,kind="stable"); return np.sort(x)[r]
g=np.random.default_rng(int(sys.argv[1]) if len(sys.argv)>1 else 5); R=199; N=1000
tr={'gauss':lambda v:v,'lognorm':np.exp,'exp1.5':lambda v:np.exp(1.5*v/1),'t3-like':lambda v:np.sinh(v),'-lognorm':lambda v:-np.exp(v),'binary-ish':lambda v:np.maximum(v,0)}
for name,f in tr.items():
  for rho in (0,.6,.9):
    S=np.linalg.inv(np.eye(n)-rho*W); rej=np.zeros(4); ratio=np.zeros(3)
    for _ in range(N):
        x=f(S@g.standard_normal(n)/1.0); y=f(S@g.standard_normal(n))
        if np.ptp(x)==0 or np.ptp(y)==0: continue
        b=cls(y[:,None])[:,0]; k0=kappa(cls(x[:,None]),b)[0]
        def p(C): return (1+(kappa(C,b)>=k0-1e-12).sum())/(R+1)
        sg=g.choice([-1,1],(n,R)); z=x-x.mean(); Z=U@((U.T@z)[:,None]*sg)
        s=np.empty(n); s[np.argsort(x,kind="stable")]=sc; Z2=U@((U.T@s)[:,None]*sg)
        Zb=deal(Z,x); Zc=deal(Z2,x)
        P=np.argsort(g.random((n,R)),axis=0); a=cls(x[:,None])[:,0]
        rej+=[p(a[P])<=.05,p(cls(Z))<=.05,p(cls(Zb))<=.05,p(cls(Zc))<=.05]
        i0=I(x[:,None])[0]; ratio+=[I(Z).mean()-i0,I(Zb).mean()-i0,I(Zc).mean()-i0]
    print(name,rho,'plain %.3f raw %.3f rank %.3f scores %.3f'%tuple(rej/N),'dI',np.round(ratio/N,3),flush=True)
