"""Dynamic panel GMM by dense matrices, written from the project's description of xtabond2 (methods, 1-9) and
independently of the Swift sources. Writes panel.csv and specifications.json. Needs numpy."""
import itertools, json, os, random
import numpy as np

def invsym(A,tol=1e-10):
    n=len(A); W=A.astype(float).copy(); d0=np.diag(A).copy(); rem=set(range(n)); 
    while True:
        c=[i for i in rem if d0[i]>0 and W[i,i]>tol*d0[i]]
        if not c: break
        p=max(c,key=lambda i:W[i,i]); d=W[p,p]; col=W[:,p].copy()
        W=W-np.outer(col,col)/d; W[:,p]=col/d; W[p,:]=col/d; W[p,p]=-1/d; rem.discard(p)
    W=-W
    for r in rem: W[r,:]=0; W[:,r]=0
    return W,sorted(rem)
class Data:
    def __init__(s,rows,units,T):
        s.N=len(units);s.T=T
        s.v={k:np.full((s.N,T),np.nan) for k in rows[0] if k not in('i','t')}
        for r in rows:
            for k in s.v: s.v[k][r['i'],r['t']]=r[k]
def lag(x,L):
    o=np.full_like(x,np.nan)
    if L==0: return x.copy()
    if L>0: o[:,L:]=x[:,:-L]
    else: o[:,:L]=x[:,-L:]
    return o
def gmm(d,y,X,names,gs,ivs,level,fod,steps,robust,h,small=False,cluster=None,m=2,td=None):
    # X list of NxT; gs: (x,a,b,eq,coll); ivs: (z,eq)
    N,T=d.N,d.T
    X=list(X)
    comp=~np.isnan(y)
    for x in X: comp&=~np.isnan(x)
    cl=comp.copy();ct=comp.copy()
    for z,eq in ivs:
        if eq!='diff': cl&=~np.isnan(z)
        if eq!='level': ct&=~np.isnan(z)
    names=list(names); ivs=list(ivs)
    if td:
        used=[t for t in range(T) if cl[:,t].any()][1:]
        for t in used:
            D=np.zeros((N,T));D[:,t]=1;X.append(D);names.append('time=%d'%(2000+t));ivs.append((D,'both' if td=='both' or not level else 'level'))
    def trans(x):
        o=np.zeros((N,T));u=np.zeros((N,T),bool)
        for i in range(N):
            for t in range(1,T):
                if not fod:
                    if ct[i,t] and ct[i,t-1]: o[i,t]=x[i,t]-x[i,t-1];u[i,t]=True
                else:
                    later=[s for s in range(t,T) if ct[i,s]]
                    if ct[i,t-1] and later:
                        c=len(later);o[i,t]=np.sqrt(c/(c+1))*(x[i,t-1]-np.mean([x[i,s] for s in later]));u[i,t]=True
        return o,u
    yt,ut=trans(y)
    ul=cl
    rowsX=[];
    Xt=np.stack([trans(x)[0] for x in X],-1)
    Xl=np.stack([np.where(ul,x,0) for x in X],-1)
    yl=np.where(ul,y,0)
    if level:
        Xt=np.concatenate([Xt,np.zeros((N,T,1))],-1);Xl=np.concatenate([Xl,np.where(ul,1.,0)[...,None]],-1);names.append('(Intercept)')
    k=Xt.shape[-1]
    cols=[]  # each (N,2T)
    for x,a,b,eq,coll in gs:
        x0=np.nan_to_num(x);dx=np.nan_to_num(x-lag(x,1))
        bb=T if b is None else b
        def addlags(src,u,L0,L1,off):
            for L in range(L0,L1+1):
                c=np.zeros((N,2*T))
                for t in range(T):
                    if 0<=t-L<T:
                        v=np.where(u[:,t],src[:,t-L],0)
                        if coll: c[:,off+t]=v
                        else:
                            e=np.zeros((N,2*T));e[:,off+t]=v;cols.append(e)
                if coll: cols.append(c)
        if eq!='level': addlags(x0,ut,a,min(bb,T),0)
        if level:
            if eq=='both': addlags(dx,ul,a-1,a-1,T)
            if eq=='level': addlags(dx,ul,a,min(bb,T),T)
    for z,eq in ivs:
        c=np.zeros((N,2*T))
        if eq!='level': c[:,:T]=trans(np.nan_to_num(z) if False else z)[0]
        if eq!='diff' and level: c[:,T:]=np.where(ul,z,0)
        cols.append(c)
    if level:
        c=np.zeros((N,2*T));c[:,T:]=np.where(ul,1.,0);cols.append(c)
    cols=[c for c in cols if np.abs(c).max()>0]
    Z=np.stack(cols,-1); j=Z.shape[-1]
    Xs=np.concatenate([Xt,Xl if level else 0*Xl],1); ys=np.concatenate([yt,yl if level else 0*yl],1)
    D=np.zeros((T,T))
    for t in range(1,T):
        if not fod: D[t,t]=1;D[t,t-1]=-1
        else:
            n=T-t;q=np.sqrt(n/(n+1));D[t,t-1]=q;D[t,t:]=-q/n
    I=np.eye(T);Z0=np.zeros((T,T))
    H={1:np.eye(2*T),2:np.block([[D@D.T,Z0],[Z0,I]]),3:np.block([[D@D.T,D],[D.T,I]])}[h]
    ZHZ=sum(Z[i].T@H@Z[i] for i in range(N));ZX=sum(Z[i].T@Xs[i] for i in range(N));Zy=sum(Z[i].T@ys[i] for i in range(N))
    A1,dr=invsym(ZHZ);j0=j-len(dr)
    V1=np.linalg.inv(ZX.T@A1@ZX);b1=V1@ZX.T@A1@Zy;e1=ys-Xs@b1
    if h==1 and level: s2=(e1[:,T:]**2).sum()/ul.sum()
    else: s2=(e1[:,:T]**2).sum()/ut.sum()/(1 if (fod or h==1) else 2)
    cl_=cluster if cluster is not None else np.arange(N)
    used=(ul if level else ut).any(1)
    C=len(set(cl_[used])); G=used.sum()
    def S(e):
        g={}
        for i in range(N): g[cl_[i]]=g.get(cl_[i],0)+Z[i].T@e[i]
        return g
    sc=C/(C-1) if (small and cluster is not None) else 1
    g1=S(e1);S1=sc*sum(np.outer(v,v) for v in g1.values())
    V1r=V1@ZX.T@A1@S1@A1@ZX@V1
    A2,_=invsym(S1);V2=np.linalg.inv(ZX.T@A2@ZX);b2=V2@ZX.T@A2@Zy;e2=ys-Xs@b2
    Ze2=sum(Z[i].T@e2[i] for i in range(N));J=Ze2@A2@Ze2;Ze1=sum(Z[i].T@e1[i] for i in range(N))
    sarg=Ze1@A1@Ze1/s2
    a=A2@Ze2;F=np.zeros((j,k));gx={}
    for i in range(N): gx[cl_[i]]=gx.get(cl_[i],0)+Z[i].T@Xs[i]
    for c in g1: F+=(g1[c]@a)*gx[c]+np.outer(g1[c],a@gx[c])
    Dw=sc*V2@ZX.T@A2@F
    VW=V2+Dw@V1r@Dw.T+Dw@V2+V2@Dw.T;VW=(VW+VW.T)/2
    if steps==1: b,e,V,A,Vs=b1,e1,V1*s2,A1/s2,(V1r if robust else V1*s2)
    else: b,e,V,A,Vs=b2,e2,V2,A2,(VW if robust else V2)
    nobs=(ul if level else ut).sum()
    Vr=Vs.copy()
    if small:
        if steps==1 and not robust:
            W=ul.sum() if (h==1 and level) else ut.sum(); Vr=Vr*W/(W-k)
        else: Vr=Vr*(nobs-1)/(nobs-k)*(1 if cluster is not None else G/(G-1))
    # AR
    fd=np.zeros((N,T));XF=np.zeros((N,T,k));uf=np.zeros((N,T),bool)
    for i in range(N):
        for t in range(1,T):
            if ct[i,t] and ct[i,t-1]:
                uf[i,t]=True
                xx=np.array([x[i,t]-x[i,t-1] for x in X]+([0.] if level else []));XF[i,t]=xx
                fd[i,t]=y[i,t]-y[i,t-1]-xx@b
    Dfd=np.zeros((T,T))
    for t in range(1,T): Dfd[t,t]=1;Dfd[t,t-1]=-1
    ars=[]
    for o in range(1,m+1):
        wl=np.zeros((N,T));wl[:,o:]=fd[:,:-o];wl=np.where(uf,wl,0)
        q=(fd*wl).sum(1);g=np.einsum('itk,it->k',XF,wl)
        if steps==1 and not robust and not h==1:
            sq=s2*sum(wl[i]@Dfd@Dfd.T@wl[i] for i in range(N));P=D@Dfd.T
            zq=sum(Z[i,:T].T@(s2*P@wl[i]) for i in range(N))
        else:
            sq=(q**2).sum();zq=sum(Z[i].T@e[i]*q[i] for i in range(N))
        if steps==1 and not robust and h==1:
            sq=s2*(wl**2).sum();zq=sum(Z[i,:T].T@(s2*wl[i]) for i in range(N))
        den=sq+g@(-2*V@ZX.T@A@zq+Vs@g)
        ars.append(q.sum()/np.sqrt(den) if den>0 else None)
    return dict(b=dict(zip(names,b)),se=dict(zip(names,np.sqrt(np.diag(Vr)))),j=j0,J=J,sargan=sarg,ar=ars,nobs=int(nobs),ntr=int(ut.sum()),s2=s2)
def make(seed):
    r=random.Random(seed);N=70;T=9;rows=[];cl=[]
    for i in range(N):
        eta=r.gauss(0,.4);x=z=v=0;s=r.uniform(.2,.6);c=r.randrange(30);start=r.choice([0,0,0,1,2]);end=T-r.choice([0,0,0,1,2]);cl.append(c)
        for t in range(-15,T):
            x=.6*x+.3*eta+r.gauss(0,.5);z=.5*z+.2*x+r.gauss(0,.4)
            v=.5*v+.3*x-.2*z+.1*x*z+eta+r.gauss(0,s)
            if start<=t<end and r.random()>.06:
                rows.append(dict(i=i,t=t,y=v,x=x if r.random()>.03 else float('nan'),z=z if r.random()>.03 else float('nan'),q=x*.5+r.gauss(0,1)))
    return rows,N,T,np.array(cl)


def number(x):
    return None if x is None or x != x else float(x)


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    rows, N, T, clus = make(1)
    with open(os.path.join(here, 'panel.csv'), 'w') as o:
        o.write('id,year,y,x,z,q,g\n')
        for r in rows:
            o.write('%03d,%d,%r,%s,%s,%r,%d\n' % (
                r['i'], 2000 + r['t'], r['y'], '' if r['x'] != r['x'] else repr(r['x']),
                '' if r['z'] != r['z'] else repr(r['z']), r['q'], clus[r['i']]))
    d = Data(rows, list(range(N)), T)
    v = d.v
    instr = [
        ([('y', 2, None, 'both', False)], [('x', 'both'), ('z', 'both')]),
        ([('y', 2, 4, 'both', True), ('x', 1, 3, 'both', False)], [('z', 'both')]),
        ([('y', 2, 3, 'diff', False), ('y', 1, 2, 'level', True), ('z', 0, 2, 'both', True)],
         [('x', 'diff'), ('q', 'level')]),
        ([('y', 2, 2, 'both', False), ('x', 2, 2, 'both', True)], [('z', 'level'), ('q', 'both')]),
    ]
    out = []
    every = itertools.product(range(4), ['system', 'difference'], ['fd', 'fod'], [1, 2], ['robust', 'classical'],
                              [1, 2, 3], [0, 1], [0, 1], [None, 'both', 'level'])
    for s in every:
        k, est, tr, st, se, h, small, cu, td = s
        if random.Random(str(s)).random() > 0.05 or (est == 'difference' and td == 'level'):
            continue
        if h == 1 and tr == 'fod' and st == 1 and se == 'classical':
            continue
        gi, ii = instr[k]
        R = gmm(d, v['y'], [lag(v['y'], 1), v['x'], v['z'], v['x'] * v['z']], ['lag(y, 1)', 'x', 'z', 'x:z'],
                [(v[a], b, c, e, f) for a, b, c, e, f in gi], [(v[a], e) for a, e in ii], est == 'system',
                tr == 'fod', st, se == 'robust', h, bool(small), clus if cu else None, 3, td)
        out.append(dict(
            gmm=['%s,%d:%s%s;eq=%s' % (a, b, '' if c is None else c, ';collapse' if f else '', e)
                 for a, b, c, e, f in gi], iv=['%s;eq=%s' % (a, e) for a, e in ii], estimator=est, transform=tr,
            steps=str(st), se=se, h=h, small=bool(small), cluster=bool(cu), time=td or 'none',
            coef={a: number(b) for a, b in R['b'].items()}, std_error={a: number(b) for a, b in R['se'].items()},
            ar=[number(z) for z in R['ar']], sargan=number(R['sargan']), hansen=number(R['J']),
            instruments=int(R['j']), observations=int(R['nobs']), transformed=int(R['ntr'])))
    with open(os.path.join(here, 'specifications.json'), 'w') as o:
        o.write('[\n' + ',\n'.join(json.dumps(x) for x in out) + '\n]\n')
    print(len(out), 'specifications')


main()
